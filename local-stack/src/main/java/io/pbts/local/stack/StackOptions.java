package io.pbts.local.stack;

import io.pbts.local.directory.DataDirectory;
import io.pbts.local.service.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the caller of {@code up} chose.
 *
 * @param root the checkout: where the services' jars and the contracts' tools are
 * @param cache for what can be made again: extracted jars, start-up caches, database programs
 */
public record StackOptions(
        Path root,
        DataDirectory directory,
        Path cache,
        Profile profile,
        int port,
        int announcePort,
        Map<String, String> environment) {
    /** Where clients announce: by the gateway, directly, by UDP and over WebSockets, and with TLS where there is a certificate. */
    List<String> announceUrls(String gateway, int tracker) {
        List<String> bases = new ArrayList<>(List.of(gateway, "http://localhost:" + tracker));
        if (!"false".equalsIgnoreCase(environment.get("PBTS_WIRE_UDP"))) {
            bases.add("udp://localhost:" + tracker);
        }
        bases.add("ws://localhost:" + tracker);
        String tls = environment.getOrDefault("PBTS_TRACKER_TLS_PORT", "");
        if (!tls.isEmpty()) {
            bases.add("https://localhost:" + tls);
            bases.add("wss://localhost:" + tls);
        }
        String path = profile == Profile.LOCAL ? "/announce" : "/<passkey>/announce";
        return bases.stream().map(base -> base + path).toList();
    }
}
