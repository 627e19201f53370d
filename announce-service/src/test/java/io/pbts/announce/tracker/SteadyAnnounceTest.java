package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.torrent.Metainfo;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.SplittableRandom;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** The ordinary case: a known passkey, a registered torrent, a peer that comes back, fifty peers in the answer. */
class SteadyAnnounceTest {
    private static final int PEERS = 200;
    private static final int ROUNDS = 30_000;

    private static final int MOST_TRIES = 30;

    @Test
    void allocatesNothingPerAnnounce() throws Exception {
        try (var fixture = new TrackerFixture(
                "production",
                "--pbts.limit.passkey-burst=10000000",
                "--pbts.peer-lists.allowances=1000000000/1m,1000000000/1d")) {
            Passkey[] passkeys = new Passkey[PEERS];
            for (int i = 0; i < PEERS; i++) {
                passkeys[i] = TrackerFixture.newPasskey();
                fixture.reputation().set(i + 1, "peer" + i, true, "1.00", 0, passkeys[i]);
            }
            byte[] file = Torrents.ofName("steady", 1);
            fixture.upload(file, "X-PBTS-Passkey", passkeys[0].value());
            Bytes hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
            Tracker tracker = fixture.bean(Tracker.class);
            HttpExchange exchange = tracker.newHttpExchange(new SplittableRandom(1), fixture.bean(EdgeLimits.class));
            PeerAddress client = PeerAddress.of(InetAddress.ofLiteral("198.51.100.77"));
            byte[][] targets = new byte[PEERS][];
            for (int i = 0; i < PEERS; i++) {
                Announce announce = Announce.of(hash, 1000 + i).by(passkeys[i]).with("numwant", "50");
                targets[i] =
                        (i % 2 == 0 ? announce : announce.seeding()).target().getBytes(ISO_8859_1);
            }
            await().until(() -> {
                serve(tracker, exchange, targets[PEERS - 1], client);
                return !new String(exchange.body().bytes(), 0, exchange.body().length(), ISO_8859_1)
                        .contains("failure");
            });
            serveAll(
                    tracker, exchange, targets, client,
                    ROUNDS); // the interpreter allocates where compiled code does not
            assertThat(exchange.body().length())
                    .as("an answer with fifty peers")
                    .isGreaterThan(50 * 6 + 150);

            double bytes = allocatedPerAnnounce(tracker, exchange, targets, client);
            for (int again = 0; again < MOST_TRIES && bytes >= 1; again++) {
                bytes = allocatedPerAnnounce(tracker, exchange, targets, client);
            }
            assertThat(bytes).as("bytes allocated per announce").isLessThan(1);
        }
    }

    /** On a busy machine the compiler is late; code that really allocates does so in every round. */
    private static double allocatedPerAnnounce(
            Tracker tracker, HttpExchange exchange, byte[][] targets, PeerAddress client) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long time = threads.getCurrentThreadCpuTime();
        serveAll(tracker, exchange, targets, client, ROUNDS);
        double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / ROUNDS;
        double micros = (threads.getCurrentThreadCpuTime() - time) / 1000.0 / ROUNDS;
        System.out.printf("%.1f bytes and %.2f us CPU per announce%n", bytes, micros);
        return bytes;
    }

    private static void serveAll(
            Tracker tracker, HttpExchange exchange, byte[][] targets, PeerAddress client, int announces) {
        for (int i = 0; i < announces; i++) {
            serve(tracker, exchange, targets[i % targets.length], client);
        }
    }

    private static void serve(Tracker tracker, HttpExchange exchange, byte[] target, PeerAddress client) {
        exchange.request(target, 0, target.length, client, null);
        if (tracker.serve(exchange) != Served.ANSWERED) {
            throw new AssertionError("not answered");
        }
    }
}
