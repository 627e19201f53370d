package io.pbts.local.directory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everything listens, for {@code status}, scripts and tests. Holds no secret.
 *
 * @param state {@code starting} or {@code up}
 * @param announceUrl of the direct listener, without a passkey
 * @param announceUrls for clients, whatever they speak; where a passkey belongs stands {@code <passkey>}
 * @param adminUrl of the gateway's second door, for the operator
 * @param adminKeyFile where the operator's key lies
 * @param postgresUrl JDBC URL without a user
 * @param supervisorPid of the process that started the parts and stops them
 */
public record StackDescription(
        String state,
        String profile,
        String gatewayUrl,
        String docsUrl,
        String announceUrl,
        List<String> announceUrls,
        String adminUrl,
        String adminKeyFile,
        String rpcUrl,
        String postgresUrl,
        @Nullable String settlementAddress,
        long supervisorPid,
        Map<String, Part> parts) {
    /** One process of the suite. */
    public record Part(long pid, int port, String log) {}

    public StackDescription {
        announceUrls = List.copyOf(announceUrls);
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
}
