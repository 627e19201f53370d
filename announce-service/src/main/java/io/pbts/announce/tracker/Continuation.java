package io.pbts.announce.tracker;

import io.pbts.announce.swarm.Swarms.Finding;
import org.jspecify.annotations.Nullable;

/** How a request that had to wait is served again. */
@FunctionalInterface
public interface Continuation {
    /**
     * Run once, on whatever thread.
     *
     * @param finding what was found for it, when that is what it waited for
     */
    void resume(@Nullable Finding finding);
}
