package io.pbts.announce.swarm;

/**
 * Who is in which swarm. Every adapter passes the same contract test.
 *
 * <p>An announce is atomic per swarm. A peer that does not come back leaves by itself between 1.2 and 1.5 announce
 * intervals later. Looking never creates anything.
 */
public interface Swarms {

    /**
     * Applies the change, then fills the selection: counts over the whole swarm after the change, and up to as many peers as
     * wanted, each set of them equally likely, never the one that asks nor another peer of its account, no seeders for a
     * seeder. A peer for which there is no room by configuration is served and not recorded.
     *
     * @return false when the peer's account is in the swarm at as many places already as it may be, and this is another one;
     *     then nothing changes, and nothing is selected
     */
    boolean announce(Announcement announcement, Selection into);

    /** Zeros for a swarm nobody announced. */
    SwarmCounts count(SwarmKey swarm);

    SwarmTotals totals();
}
