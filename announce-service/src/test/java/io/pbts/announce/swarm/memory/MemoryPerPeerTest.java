package io.pbts.announce.swarm.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.SwarmsContract;
import io.pbts.announce.swarm.Tallies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What an IPv4 peer costs in heap, all structures counted. Figures of other trackers: 12 bytes (opentracker) to 120. */
class MemoryPerPeerTest {
    private static final int PEERS = 400_000;

    @Test
    void staysWithinTheBarWithAccounting() throws Exception {
        double bytes = bytesPerPeer(200, true);
        assertThat(bytes).as("bytes per IPv4 peer of an account, swarms of 200").isBetween(30.0, 100.0);
    }

    @Test
    void staysBelowTheAccountedCostWithoutAccounts() throws Exception {
        assertThat(bytesPerPeer(200, false))
                .as("bytes per IPv4 peer of nobody, swarms of 200")
                .isBetween(22.0, 60.0);
        assertThat(bytesPerPeer(20_000, false))
                .as("bytes per IPv4 peer of nobody, swarms of 20,000")
                .isBetween(22.0, 60.0);
    }

    /**
     * In a JVM of its own: in this one, what other tests left is freed, and what still runs allocates, while one weighs.
     * A collection there leaves nothing dead where moving would not pay, and no thread holds room that it has not filled.
     */
    private static double bytesPerPeer(int swarmSize, boolean accounts) throws IOException, InterruptedException {
        Process scales = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-XX:MarkSweepDeadRatio=0",
                        "-XX:-UseTLAB",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryPerPeerTest.class.getName(),
                        String.valueOf(swarmSize),
                        String.valueOf(accounts))
                .redirectErrorStream(true)
                .start();
        String said = new String(scales.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(scales.waitFor()).as(said).isZero();
        double bytes = Double.parseDouble(said.lines().toList().getLast());
        System.out.printf("swarms of %d, accounts %b: %.1f bytes per IPv4 peer%n", swarmSize, accounts, bytes);
        return bytes;
    }

    /** Prints the bytes of heap per peer as its last line: the difference between holding the second swarms and not. */
    public static void main(String[] swarmSizeAndAccounts) {
        int swarmSize = Integer.parseInt(swarmSizeAndAccounts[0]);
        boolean accounts = Boolean.parseBoolean(swarmSizeAndAccounts[1]);
        requireAll(filled(swarmSize, accounts)); // loads classes and makes what they keep
        long before = used();
        MemorySwarms swarms = filled(swarmSize, accounts);
        double bytes = (double) (used() - before) / PEERS;
        requireAll(swarms);
        System.out.println(bytes);
    }

    private static void requireAll(MemorySwarms swarms) {
        if (swarms.totals().peers() != PEERS) {
            throw new IllegalStateException("not all peers are there: " + swarms.totals());
        }
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

    /** The second collection takes what the first one's references were still queued for. */
    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
