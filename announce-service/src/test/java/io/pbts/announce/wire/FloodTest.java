package io.pbts.announce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One passkey floods, others announce: the others are served, soon, and the flood costs answers and nothing else. */
class FloodTest {
    private static final int OTHERS = 20;
    private static final int ROUNDS = 100;
    private static final int FLOODERS = 4;
    private static final int AT_ONCE = 32;
    private static final int BURST = 500;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong flooded = new AtomicLong();

    @Test
    void servesOthersWhileOnePasskeyFloods() throws Exception {
        floodBeside(0);
    }

    @Tag("long")
    @Test
    void servesOthersWhileOnePasskeyFloodsAmongFourThousandSlowConnections() throws Exception {
        floodBeside(4000);
    }

    private void floodBeside(int slowConnections) throws Exception {
        try (var tracker = new TrackerFixture(
                        "production",
                        "--pbts.swarm.per-account=1000",
                        "--pbts.limit.passkey-rate=10",
                        "--pbts.limit.passkey-burst=" + BURST,
                        "--pbts.limit.address-rate=100000",
                        "--pbts.limit.address-burst=10000000",
                        "--pbts.tracker.private-networks=127.0.0.0/8");
                var slow = new SlowConnections(tracker.direct(), slowConnections)) {
            Passkey flooder = TrackerFixture.newPasskey();
            tracker.reputation().set(1, "flooder", true, "1.00", 0, flooder);
            Passkey[] others = new Passkey[OTHERS];
            for (int i = 0; i < OTHERS; i++) {
                others[i] = TrackerFixture.newPasskey();
                tracker.reputation().set(10 + i, "other" + i, true, "1.00", 0, others[i]);
            }
            byte[] file = Torrents.ofName("flooded", 1);
            assertThat(tracker.upload(file, "X-PBTS-Passkey", flooder.value()).statusCode())
                    .isEqualTo(201);
            Bytes hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
            for (Passkey other : others) {
                await().until(() -> tracker.get(Announce.of(hash, 1).by(other).target())
                        .body()
                        .failure()
                        .isEmpty());
            }
            Thread[] flood = new Thread[FLOODERS];
            for (int i = 0; i < FLOODERS; i++) {
                flood[i] = Thread.ofPlatform().start(() -> flood(tracker, flooder, hash));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> flooded.get() > 2000 && slow.open() >= slowConnections * 9 / 10);
            double[] millis = announceAll(tracker, others, hash);
            over.set(true);
            for (Thread thread : flood) {
                thread.join();
            }
            double p99 = millis[millis.length * 99 / 100];
            System.out.printf(
                    "%d announces beside %d of the flood and %d slow connections, %d dropped: median %.2f ms, p99 %.2f ms%n",
                    millis.length, flooded.get(), slow.open(), slow.dropped(), millis[millis.length / 2], p99);
            assertThat(slow.open()).as("slow connections").isGreaterThanOrEqualTo(slowConnections * 3 / 4);
            assertThat(flooded.get()).as("answers to the flood").isGreaterThan(10L * millis.length);
            assertThat(p99).as("p99 of the others, in milliseconds").isLessThan(100);
            assertThat(tracker.bean(Swarms.class).totals().peers())
                    .as("peers that the flood got in, at the same ports on each connection")
                    .isBetween(BURST / FLOODERS, BURST + OTHERS + 10 * 120);
            assertThat(tracker.bean(EdgeLimits.class).size()).isLessThan(2_000_000);
        }
    }

    private static double[] announceAll(TrackerFixture tracker, Passkey[] others, Bytes hash) throws IOException {
        double[] millis = new double[OTHERS * ROUNDS];
        RawClient[] clients = new RawClient[OTHERS];
        try {
            for (int i = 0; i < OTHERS; i++) {
                clients[i] = new RawClient(tracker.direct());
            }
            for (int i = 0; i < millis.length; i++) {
                int who = i % OTHERS;
                long begin = System.nanoTime();
                var answer = clients[who].get(
                        Announce.of(hash, 30_000 + who).by(others[who]).target());
                millis[i] = (System.nanoTime() - begin) / 1e6;
                assertThat(answer.body().failure()).isEmpty();
            }
        } finally {
            for (RawClient client : clients) {
                if (client != null) {
                    client.close();
                }
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    /** As fast as answers come back, some on the way at a time, each announce of another peer. */
    private void flood(TrackerFixture tracker, Passkey flooder, Bytes hash) {
        byte[] buffer = new byte[1 << 16];
        int port = 1024;
        try (var socket =
                new Socket(tracker.direct().getAddress(), tracker.direct().getPort())) {
            InputStream input = socket.getInputStream();
            while (!over.get()) {
                var requests = new StringBuilder();
                for (int i = 0; i < AT_ONCE; i++) {
                    port = port == 65_535 ? 1024 : port + 1;
                    requests.append("GET ")
                            .append(Announce.of(hash, port)
                                    .by(flooder)
                                    .with("numwant", "0")
                                    .target())
                            .append(" HTTP/1.1\r\nHost: x\r\n\r\n");
                }
                socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
                for (int answers = 0; answers < AT_ONCE; ) {
                    int length = input.read(buffer);
                    if (length < 0) {
                        return;
                    }
                    answers += count(buffer, length);
                }
                flooded.addAndGet(AT_ONCE);
            }
        } catch (IOException closed) {
            throw new AssertionError("the flood was cut off", closed);
        }
    }

    /** Answers that begin in these bytes, by the H of HTTP/1.1, which nothing else in them has. */
    private static int count(byte[] buffer, int length) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += buffer[i] == 'H' ? 1 : 0;
        }
        return count;
    }
}
