package io.pbts.acceptance;

import java.util.HashMap;
import java.util.Map;

/** A stack of profile {@code production} whose start-up caches are made, so that replicas start as fast as they do on a machine that has run it before. */
final class ReplicaStack {
    private ReplicaStack() {}

    static Stack start() {
        return start(Map.of());
    }

    /** With more settings. */
    static Stack start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("PBTS_RATE_FACTOR", "100");
        settings.put("PBTS_SETTLEMENT_INTERVAL", "5s");
        settings.put("PBTS_PRIVATE_NETWORKS", "127.0.0.0/8");
        Stack stack = Stack.start("production", settings);
        stack.awaitStartupCaches();
        return stack;
    }
}
