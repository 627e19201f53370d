package io.pbts.announce.swarm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which swarm. Every adapter passes the same contract test.
 *
 * <p>An announce is atomic per swarm. A peer that does not come back leaves by itself between 1.2 and 1.5 announce
 * intervals later. Looking never creates anything. Nothing here blocks, but {@link #count(List)} and {@link #totals} of swarms that are
 * kept elsewhere.
 */
public interface Swarms {

    /** What became of an announce. */
    enum Taken {
        /** It is done, and the selection filled. */
        DONE,
        /**
         * The peer's account is in the swarm at as many places already as it may be, and this is another one: nothing changes,
         * and nothing is selected.
         */
        TOO_MANY_PLACES,
        /** Somebody else is being asked; the finding comes to whoever waits. */
        LATER,
        /** Whoever keeps the swarms does not answer, or nobody would wait for it. */
        AWAY
    }

    /** What comes of an announce or a scrape that took a while. */
    interface Finding {
        /** Of an announce: fills the selection. */
        Taken fill(Selection into);

        /** Of a scrape: the counts in the order asked for; null when whoever keeps the swarms does not answer. */
        @Nullable
        List<SwarmCounts> counts();
    }

    /** Somebody who waits. */
    @FunctionalInterface
    interface Waiter {
        /** On whatever thread, once. */
        void take(Finding finding);
    }

    /** Somebody who would wait. */
    @FunctionalInterface
    interface Patience {
        /** Begins to wait; null for somebody who cannot. */
        @Nullable
        Waiter begin();
    }

    /**
     * Applies the change, then fills the selection: counts over the whole swarm after the change, and up to as many peers as
     * wanted, each set of them equally likely, never the one that asks nor another peer of its account, no seeders for a
     * seeder. A peer for which there is no room by configuration is served and not recorded.
     *
     * @param patience not asked when the answer is known at once
     */
    Taken announce(Announcement announcement, Selection into, Patience patience);

    /**
     * The counts of some swarms, as {@link #count(List)}; null when they come later, or never for want of patience.
     *
     * @param swarms not to be changed afterwards
     */
    @Nullable
    List<SwarmCounts> counts(List<SwarmKey> swarms, Patience patience);

    /** The counts of some swarms in their order, zeros for one nobody announced. One question, wherever they are kept. */
    List<SwarmCounts> count(List<SwarmKey> swarms);

    /** As {@link #count(List)}, of one. */
    default SwarmCounts count(SwarmKey swarm) {
        return count(List.of(swarm)).getFirst();
    }

    SwarmTotals totals();
}
