package io.pbts.announce.accounting;

import io.pbts.announce.swarm.Announcement;
import java.time.Clock;

/** Follows what accounts announce of their own traffic. Never blocks on anybody, and allocates nothing for a peer that is known. */
public final class Accounting {
    private final PeerCounters counters;
    private final AccountDeltas deltas;
    private final Clock clock;
    private final long epoch;

    Accounting(PeerCounters counters, AccountDeltas deltas, Clock clock) {
        this.counters = counters;
        this.deltas = deltas;
        this.clock = clock;
        epoch = clock.millis() / 1000;
    }

    /**
     * Takes one announce of an account.
     *
     * @param up bytes uploaded as the client counts them, from 0 on
     * @param down bytes downloaded
     * @param claim filled with what they add
     */
    public void take(Announcement peer, long up, long down, Claim claim) {
        counters.announce(peer, up, down, (int) (clock.millis() / 1000 - epoch), claim);
        if (claim.up() > 0 || claim.down() > 0) {
            deltas.add(peer.account(), claim.up(), claim.down());
        }
    }
}
