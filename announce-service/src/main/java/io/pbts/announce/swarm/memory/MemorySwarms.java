package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.Tallies;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Swarms in the memory of this process. Soft state: after a restart they fill again within one interval.
 * Sizes and traps: trackers of record keep 8 to 120 bytes a peer; what hurts a JVM is an object per peer, so there is none.
 */
final class MemorySwarms implements Swarms {
    private static final int MOST_STEPS_PER_PASS = 30;

    private final Clock clock;
    private final KeyedHash function;
    private final Capacity capacity;
    private final Shard[] shards;
    private final int shift;
    private final long staySeconds;
    private final int stepsPerPass;
    private final long epoch;
    private int nextShard;

    MemorySwarms(SwarmProperties properties, Tallies tallies, Clock clock, SecureRandom random) {
        this.clock = clock;
        function = new KeyedHash(random);
        capacity = new Capacity(properties.maxSwarms(), properties.maxPeers());
        shards = IntStream.range(0, properties.shards())
                .mapToObj(number -> new Shard(function, capacity, properties.perAccount(), tallies))
                .toArray(Shard[]::new);
        shift = Integer.numberOfLeadingZeros(properties.shards()) + 1;
        staySeconds = properties.stay().toSeconds();
        stepsPerPass = Math.clamp(properties.interval().toSeconds() / 10, 1, MOST_STEPS_PER_PASS);
        epoch = clock.millis() / 1000;
    }

    @Override
    public Taken announce(Announcement announcement, Selection into, Patience patience) {
        long hash = announcement.swarm().hash(function);
        long second = clock.millis() / 1000;
        boolean hasPlace =
                shardOf(hash).announce(announcement, hash, second, (int) (second - epoch + staySeconds), into);
        return hasPlace ? Taken.DONE : Taken.TOO_MANY_PLACES;
    }

    @Override
    public List<SwarmCounts> counts(List<SwarmKey> swarms, Patience patience) {
        return swarms.stream().map(this::count).toList();
    }

    @Override
    public List<SwarmCounts> count(List<SwarmKey> swarms) {
        return swarms.stream().map(this::countOne).toList();
    }

    private SwarmCounts countOne(SwarmKey swarm) {
        long hash = swarm.hash(function);
        return shardOf(hash).count(swarm, hash);
    }

    @Override
    public SwarmTotals totals() {
        return capacity.totals();
    }

    /** Removes those whose time is over from a part of the shards; so many calls that a pass takes a tenth of an interval. */
    void sweep() {
        int now = (int) now();
        for (int i = 0; i < Math.ceilDiv(shards.length, stepsPerPass); i++) {
            Shard shard = shards[nextShard];
            nextShard = (nextShard + 1) % shards.length;
            while (!shard.sweepStep(now)) {
                Thread.onSpinWait(); // the lock was free for whoever waited for it
            }
        }
    }

    private Shard shardOf(long hash) {
        return shards[shards.length == 1 ? 0 : (int) (hash >>> (32 + shift))];
    }

    private long now() {
        return clock.millis() / 1000 - epoch;
    }
}
