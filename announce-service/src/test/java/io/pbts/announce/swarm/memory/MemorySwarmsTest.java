package io.pbts.announce.swarm.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.SwarmsContract;
import io.pbts.announce.swarm.Tallies;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemorySwarmsTest extends SwarmsContract {

    @Override
    protected Swarms create(SwarmProperties properties, Tallies tallies, Clock clock) {
        return new MemorySwarms(properties, tallies, clock, new SecureRandom());
    }

    @Override
    protected void tidyUp(Swarms store) {
        for (int i = 0; i < 30; i++) {
            ((MemorySwarms) store).sweep();
        }
    }

    /** Expected value: CPython 3.11, whose {@code hash(bytes(range(24)))} is SipHash-1-3 under a key of zeros. */
    @Test
    void hashesAsSipHashDoes() {
        long first = Long.reverseBytes(0x0001020304050607L);
        long second = Long.reverseBytes(0x08090a0b0c0d0e0fL);
        long third = Long.reverseBytes(0x1011121314151617L);
        assertThat(new KeyedHash(0, 0).of(first, second, third)).isEqualTo(0x31185a47af932f3aL);
    }

    @Test
    void spreadsKeysThatAnAttackerChoseOverAllShards() {
        var hash = new KeyedHash(new SecureRandom());
        Set<Long> shards = new HashSet<>();
        for (int i = 0; i < 4096; i++) {
            shards.add(hash.of(0, 0, i) >>> 56);
        }
        assertThat(shards).hasSize(256);
    }
}
