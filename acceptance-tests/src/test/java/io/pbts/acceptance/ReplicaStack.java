package io.pbts.acceptance;

import java.util.Map;

/** A stack of profile {@code production} whose start-up caches are made, so that replicas start as fast as they do on a machine that has run it before. */
final class ReplicaStack {
    private ReplicaStack() {}

    static Stack start() {
        Stack stack = Stack.start(
                "production",
                Map.of(
                        "PBTS_RATE_FACTOR", "100",
                        "PBTS_SETTLEMENT_INTERVAL", "5s",
                        "PBTS_PRIVATE_NETWORKS", "127.0.0.0/8"));
        stack.awaitStartupCaches();
        return stack;
    }
}
