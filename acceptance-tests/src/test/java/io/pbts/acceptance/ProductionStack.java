package io.pbts.acceptance;

import java.util.HashMap;
import java.util.Map;

/** The production stack that the journey and the refusal table share: 16 MiB of credit, and a chain that settles every 5 s. */
final class ProductionStack {
    static final long CREDIT = 16L << 20;
    private static Stack running;

    private ProductionStack() {}

    static synchronized Stack get() {
        if (running == null) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "INITIAL_CREDIT_POLICY", "always",
                    "INITIAL_CREDIT_BYTES", String.valueOf(CREDIT),
                    "PBTS_BAD_SIGNATURE_LIMIT", "1000000",
                    "PBTS_RATE_FACTOR", "100",
                    "PBTS_SETTLEMENT_INTERVAL", "5s",
                    "PBTS_PEERS_PER_ACCOUNT", "64", // one forger announces forty peers
                    "PBTS_PRIVATE_NETWORKS", SwarmNet.NETWORKS + ",127.0.0.0/8"));
            if (!Boolean.getBoolean("pbts.long")) {
                settings.put("PBTS_JIT", "quick"); // a build ends before the second compiler's work pays
            }
            running = Stack.start("production", settings);
        }
        return running;
    }
}
