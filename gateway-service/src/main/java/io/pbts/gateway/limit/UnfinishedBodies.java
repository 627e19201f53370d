package io.pbts.gateway.limit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts, per network, requests whose bodies are still coming: each holds one of the few connections to a service, and one
 * caller's slow ones must not hold them all.
 */
final class UnfinishedBodies {
    private final int maxPerNetwork;
    private final Map<String, Integer> coming = new ConcurrentHashMap<>();

    UnfinishedBodies(int maxPerNetwork) {
        this.maxPerNetwork = maxPerNetwork;
    }

    /** What to run when the body is there, once or more often; empty when this network has enough of them. */
    Optional<Runnable> begin(String network) {
        int theirs = coming.merge(network, 1, Integer::sum);
        if (theirs > maxPerNetwork) {
            end(network);
            return Optional.empty();
        }
        var ended = new AtomicBoolean();
        return Optional.of(() -> {
            if (ended.compareAndSet(false, true)) {
                end(network);
            }
        });
    }

    private void end(String network) {
        coming.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
    }
}
