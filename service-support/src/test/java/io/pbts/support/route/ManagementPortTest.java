package io.pbts.support.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ManagementPortTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void hasHealthAndMetricsAndTheServicesOwnPortHasNeither() throws Exception {
        try (var service = SmallService.startManaged(0)) {
            String token = TestKeys.token("gateway", "receipt").text();
            assertThat(service.get("/api/v1/anyone?info_hash=" + HASH, TestToken.HEADER, token)
                            .statusCode())
                    .isEqualTo(200);
            service.get("/api/v1/" + HASH, TestToken.HEADER, token);
            assertThat(service.probe("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(service.probe("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(service.probe("/actuator/env").statusCode()).isEqualTo(404);
            String metrics = service.probe("/actuator/prometheus").body();
            assertThat(metrics)
                    .contains("http_server_requests_seconds_count{", "outcome=\"SUCCESS\"", "uri=\"/api/v1/anyone\"")
                    .doesNotContain(HASH)
                    .doesNotContainPattern("=\"[^\"]*[0-9a-fA-F]{20}[^\"]*\"");
            assertThat(Files.readAllLines(Path.of("../docs/metrics.txt")))
                    .filteredOn(line -> line.startsWith("every ") || line.startsWith("servlet "))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(metrics).contains("\n" + line.split(" ", -1)[1]));
            assertThat(service.get("/actuator/health", TestToken.HEADER, token).statusCode())
                    .isEqualTo(404);
            assertThat(service.get("/actuator/prometheus", TestToken.HEADER, token)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(service.get("/internal/v1/health", TestToken.HEADER, token)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.get("/internal/v1/health").statusCode()).isEqualTo(401);
        }
    }
}
