package io.pbts.announce.swarm;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tallies of all swarms, beside the peers, because they outlive them. In memory; somebody else keeps them for good. Held
 * are those of swarms with peers and those that are stored, of which there are at most two per registered torrent.
 */
public final class Tallies {
    private final ConcurrentHashMap<SwarmKey, Tally> tallies = new ConcurrentHashMap<>();

    /** The swarm's tally, until the same store of peers calls {@link #release}. The key must not change afterwards. */
    public Tally of(SwarmKey swarm) {
        return tallies.compute(swarm, (_, known) -> (known == null ? new Tally() : known).held());
    }

    /** The swarm's tally when anything is known. Creates nothing. */
    public @Nullable Tally find(SwarmKey swarm) {
        return tallies.get(swarm);
    }

    /** How often it was finished. Creates nothing. */
    public int finished(SwarmKey swarm) {
        Tally tally = tallies.get(swarm);
        return tally == null ? 0 : tally.total();
    }

    /** What is stored of a swarm. The key must not change afterwards. */
    public void learn(SwarmKey swarm, long total, long seederSecond) {
        tallies.compute(swarm, (_, known) -> {
            Tally tally = known == null ? new Tally() : known;
            tally.learn(total, seederSecond);
            return tally;
        });
    }

    /** A store of peers forgot the swarm: so do we, unless there is something to keep. */
    public void release(SwarmKey swarm) {
        tallies.computeIfPresent(
                swarm, (_, tally) -> tally.letGo() && !tally.isKept() && tally.unsaved() == 0 ? null : tally);
    }

    /** Nobody keeps it for good: forgotten with the last store of peers that has it. */
    public void forget(SwarmKey swarm) {
        tallies.computeIfPresent(swarm, (_, tally) -> tally.isHeld() || tally.isKept() ? tally : null);
    }

    /** Visits all of them, while announces go on. */
    public void forEach(BiConsumer<SwarmKey, Tally> visitor) {
        tallies.forEach(visitor);
    }
}
