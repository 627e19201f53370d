package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever makes hashes up leaves nothing behind in a production tracker: neither in swarms nor anywhere else. */
class RandomHashesTest {
    private static final int ANNOUNCES = 10_000_000;
    private static final int WARM_UP = 200_000;
    private static final int LOOKS = 5;
    private static final PeerAddress CLIENT = PeerAddress.of(InetAddress.ofLiteral("198.51.100.77"));

    @Tag("long")
    @Test
    void tenMillionAnnouncesOfUnknownTorrentsDoNotGrowTheHeap() throws Exception {
        try (var fixture = new TrackerFixture("production")) {
            Passkey passkey = TrackerFixture.newPasskey();
            fixture.reputation().set(1, "stranger", true, "1.00", 0, passkey);
            Tracker tracker = fixture.bean(Tracker.class);
            HttpExchange exchange = tracker.newHttpExchange(new SplittableRandom(1), PasskeyLimit.NONE);
            byte[] target = Announce.of(Bytes.repeat((byte) 0, 20), 6881)
                    .by(passkey)
                    .target()
                    .getBytes(ISO_8859_1);
            await().until(() -> answerTo(tracker, exchange, target).contains("Unregistered torrent"));
            var random = new SplittableRandom(20_261_128);
            announce(tracker, exchange, target, random, WARM_UP);
            long before = usedHeap();
            announce(tracker, exchange, target, random, ANNOUNCES);
            long after = usedHeap();
            System.out.printf(
                    "%d announces of random hashes: heap %d bytes before, %d after%n", ANNOUNCES, before, after);
            assertThat(answerTo(tracker, exchange, target)).contains("Unregistered torrent");
            assertThat(after).as("bytes of heap in use").isLessThan(before + before / 100);
            assertThat(fixture.bean(Swarms.class).totals()).isEqualTo(new SwarmTotals(0, 0));
        }
    }

    private static void announce(
            Tracker tracker, HttpExchange exchange, byte[] target, SplittableRandom random, int announces) {
        int at = new String(target, ISO_8859_1).indexOf("info_hash=") + "info_hash=".length();
        byte[] hash = new byte[20];
        for (int i = 0; i < announces; i++) {
            random.nextBytes(hash);
            byte[] digits = HexFormat.of().formatHex(hash).getBytes(ISO_8859_1);
            for (int place = 0; place < hash.length; place++) {
                target[at + 3 * place + 1] = digits[2 * place];
                target[at + 3 * place + 2] = digits[2 * place + 1];
            }
            serve(tracker, exchange, target);
        }
    }

    private static String answerTo(Tracker tracker, HttpExchange exchange, byte[] target) {
        serve(tracker, exchange, target);
        return new String(exchange.body().bytes(), 0, exchange.body().length(), ISO_8859_1);
    }

    private static void serve(Tracker tracker, HttpExchange exchange, byte[] target) {
        exchange.request(target, 0, target.length, CLIENT, null);
        if (tracker.serve(exchange) != Served.ANSWERED) {
            throw new AssertionError("not answered");
        }
    }

    /** The least of some looks after a collection: other threads of the service work meanwhile. */
    private static long usedHeap() {
        return LongStream.range(0, LOOKS)
                .map(look -> {
                    System.gc();
                    return ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed();
                })
                .min()
                .orElseThrow();
    }
}
