package io.pbts.announce.swarm.valkey;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.swarm.Tally;
import java.util.concurrent.ConcurrentHashMap;

/** Tallies of the swarms that were announced to this node, for as long as a peer of theirs may be there. */
final class HeldTallies {
    private final Tallies tallies;
    private final int most;
    private final ConcurrentHashMap<SwarmKey, Long> heldUntil = new ConcurrentHashMap<>();

    /** Takes how many are held; of further swarms only what is stored is known. */
    HeldTallies(Tallies tallies, int most) {
        this.tallies = tallies;
        this.most = most;
    }

    /** A peer announced at this second since 1970, and is gone at that one. */
    void present(SwarmKey swarm, boolean seeder, long second, long gone) {
        hold(swarm, gone);
        Tally tally = tallies.find(swarm);
        if (seeder && tally != null) {
            tally.seederAt(second);
        }
    }

    /** One that is present has just finished. */
    void finish(SwarmKey swarm) {
        Tally tally = tallies.find(swarm);
        if (tally != null) {
            tally.finish();
        }
    }

    int finished(SwarmKey swarm) {
        return tallies.finished(swarm);
    }

    private void hold(SwarmKey swarm, long gone) {
        if (heldUntil.size() < most || heldUntil.containsKey(swarm)) {
            heldUntil.compute(swarm, (key, until) -> {
                if (until == null) {
                    var _ = tallies.of(key);
                }
                return gone;
            });
        }
    }

    /** Lets go of swarms whose peers are gone. */
    void letGo(long now) {
        heldUntil.forEach((swarm, until) -> {
            if (until <= now && heldUntil.remove(swarm, until)) {
                tallies.release(swarm);
            }
        });
    }
}
