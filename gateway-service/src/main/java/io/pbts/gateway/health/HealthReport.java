package io.pbts.gateway.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tracker seed's {@code /health} with a time and each service's state.
 *
 * @param status {@code healthy} when every service is up, else {@code unhealthy}
 * @param instanceId null until reputation-service was reached once
 * @param signatureVerification always true: verification has no off switch
 * @param timestamp when the services were asked
 * @param services state by name
 */
record HealthReport(
        String status,
        @JsonProperty("instance_id") @Nullable String instanceId,
        @JsonProperty("signature_verification") boolean signatureVerification,
        Instant timestamp,
        Map<String, ServiceState> services) {

    static HealthReport of(Map<String, ServiceState> services, @Nullable String instanceId, Instant now) {
        boolean healthy = services.values().stream().allMatch(ServiceState.UP::equals);
        return new HealthReport(
                healthy ? "healthy" : "unhealthy",
                instanceId,
                true,
                now.truncatedTo(ChronoUnit.MILLIS),
                new TreeMap<>(services));
    }

    boolean isHealthy() {
        return status.equals("healthy");
    }
}
