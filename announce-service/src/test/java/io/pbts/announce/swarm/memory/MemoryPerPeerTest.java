package io.pbts.announce.swarm.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.SwarmsContract;
import io.pbts.announce.swarm.Tallies;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What an IPv4 peer costs in heap, all structures counted. Figures of other trackers: 12 bytes (opentracker) to 120. */
class MemoryPerPeerTest {
    private static final int PEERS = 400_000;
    private static final long SETTLED = 64 * 1024;

    @Test
    void staysWithinTheBarWithAccounting() {
        double bytes = bytesPerPeer(200, true);
        assertThat(bytes).as("bytes per IPv4 peer of an account, swarms of 200").isBetween(30.0, 100.0);
    }

    @Test
    void staysBelowTheAccountedCostWithoutAccounts() {
        assertThat(bytesPerPeer(200, false))
                .as("bytes per IPv4 peer of nobody, swarms of 200")
                .isBetween(22.0, 60.0);
        assertThat(bytesPerPeer(20_000, false))
                .as("bytes per IPv4 peer of nobody, swarms of 20,000")
                .isBetween(22.0, 60.0);
    }

    /** The difference that letting them go makes: what was in use before is partly what tests before this one still let go. */
    private static double bytesPerPeer(int swarmSize, boolean accounts) {
        MemorySwarms swarms = filled(swarmSize, accounts);
        long with = used();
        assertThat(swarms.totals().peers()).isEqualTo(PEERS);
        swarms = null;
        double bytes = (double) (with - used()) / PEERS;
        System.out.printf("swarms of %d, accounts %b: %.1f bytes per IPv4 peer%n", swarmSize, accounts, bytes);
        return bytes;
    }

    private static MemorySwarms filled(int swarmSize, boolean accounts) {
        var properties = new SwarmProperties(Duration.ofMinutes(30), PEERS, PEERS, 3, 256);
        var swarms = new MemorySwarms(properties, new Tallies(), Clock.systemUTC(), new SecureRandom());
        var selection = new Selection(50, new SplittableRandom(3));
        var announcement = new Announcement();
        byte[] hash = new byte[20];
        for (int i = 0; i < PEERS; i++) {
            ByteBuffer.wrap(hash).putInt(0, i / swarmSize);
            announcement.swarm().read(hash, 0);
            announcement.at(PeerAddress.ofBytes(ByteBuffer.allocate(4).putInt(i).array()), 6881);
            announcement.by(accounts ? i + 1 : Announcement.NO_ACCOUNT);
            announcement.seeding(i % 2 == 0);
            announcement.change(Change.PRESENT);
            announcement.wanted(0);
            var _ = SwarmsContract.announced(swarms, announcement, selection);
        }
        return swarms;
    }

    /** Once nothing of tests before this one is being freed any more. */
    private static long used() {
        long before;
        long now = Long.MAX_VALUE;
        int looks = 0;
        do {
            before = now;
            System.gc();
            LockSupport.parkNanos(20_000_000);
            now = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        } while (Math.abs(before - now) > SETTLED && ++looks < 50);
        return now;
    }
}
