package io.pbts.announce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.RawClient.Answer;
import io.pbts.announce.testing.SocketClient;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.protocol.account.Passkey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one client may take of the direct listener, on real sockets. */
class ClientLimitsTest {
    private static final Bytes HASH = Bytes.repeat((byte) 0x77, 20);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String BUSY = "The tracker is busy, come back later";

    private static String target() {
        return Announce.of(HASH, 6881).target();
    }

    private static void assertComeBack(Answer answer, String reason) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().failure()).contains(reason);
        assertThat(answer.body().integer("interval")).isBetween(300L, 330L);
        assertThat(answer.body().integer("min interval")).isBetween(300L, 330L);
    }

    @Test
    void tellsAnAddressThatAsksTooOftenWhenToComeBackAndServesOthers() throws IOException {
        try (var tracker = new TrackerFixture("local", "--pbts.limit.address-rate=1", "--pbts.limit.address-burst=50");
                var client = new RawClient(tracker.direct())) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.get(target()).body().failure()).isEmpty();
            }
            assertComeBack(client.get(target()), "Too many requests from your address, come back later");
            assertComeBack(client.get("/scrape?info_hash=x"), "Too many requests from your address, come back later");
            try (var again = new RawClient(tracker.direct())) {
                assertComeBack(again.get(target()), "Too many requests from your address, come back later");
            }
            try (var socket = new Socket()) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 0));
                socket.connect(tracker.direct());
                socket.getOutputStream()
                        .write(("GET " + target() + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .contains("8:complete");
            }
            for (int i = 0; i < 200; i++) {
                assertThat(tracker.getFor("198.51.100.7", target()).body().failure())
                        .as("the gateway limits for itself")
                        .isEmpty();
            }
            await().until(() -> client.get(target()).body().failure().isEmpty());
        }
    }

    @Test
    void limitsEachPasskeyForItselfBeforeAskingWhoseItIs() throws IOException {
        Passkey busy = TrackerFixture.newPasskey();
        Passkey calm = TrackerFixture.newPasskey();
        try (var tracker =
                new TrackerFixture("local", "--pbts.limit.passkey-rate=1", "--pbts.limit.passkey-burst=20")) {
            tracker.reputation().set(1, "calm", true, "1.00", 0, calm);
            int questions = -1;
            int limited = 0;
            try (var client = new RawClient(tracker.direct())) {
                for (int i = 0; i < 300; i++) {
                    String target = Announce.of(HASH, 1).by(busy).target();
                    Bencoded body = client.get(i % 2 == 0 ? target : target.replace("/announce", "/scrape"))
                            .body();
                    String failure = body.failure().orElseThrow();
                    limited += failure.equals("Too many requests with your passkey, come back later") ? 1 : 0;
                    assertThat(failure).startsWith(limited > 0 && i < 25 ? "Too many" : "");
                    questions = i == 0 ? tracker.reputation().questions() : questions;
                }
                assertThat(limited).isBetween(260, 285);
                assertThat(tracker.reputation().questions()).isEqualTo(questions);
                assertThat(client.get("/announce?passkey=" + busy.value() + target().replace("/announce?", "&"))
                                .body()
                                .failure())
                        .as("however the passkey is written")
                        .get()
                        .isIn("Too many requests with your passkey, come back later", "Unknown passkey");
                await().until(() -> client.get(Announce.of(HASH, 1).by(calm).target())
                        .body()
                        .failure()
                        .isEmpty());
            }
            for (int i = 0; i < 100; i++) {
                assertThat(tracker.getFor(
                                        "198.51.100.7",
                                        Announce.of(HASH, 1).by(busy).target())
                                .body()
                                .failure())
                        .contains("Unknown passkey");
            }
        }
    }

    @Test
    void holdsSoManyConnectionsOfOneAddressAndTellsTheRestToComeBack() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try (var tracker = new TrackerFixture("local", "--pbts.limit.connections=10")) {
            for (int i = 0; i < 10; i++) {
                clients.add(new RawClient(tracker.direct()));
                assertThat(clients.getLast().get(target()).body().failure()).isEmpty();
            }
            try (var beyond = new RawClient(tracker.direct())) {
                Answer answer = beyond.get(target());
                assertComeBack(answer, BUSY);
                assertThat(answer.closes()).isTrue();
                assertThat(beyond.isClosedByServer()).isTrue();
            }
            try (var silent = new RawClient(tracker.direct())) {
                long begin = System.nanoTime();
                assertThat(silent.isClosedByServer()).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
            }
            assertThat(tracker.getFor("198.51.100.7", target()).body().failure())
                    .as("a listener for many clients")
                    .isEmpty();
            clients.removeLast().close();
            await().until(() -> tracker.get(target()).body().failure().isEmpty());
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    /** Sends requests and reads no answer; before the limit for that, it was the one for idle connections that ended it. */
    @Test
    void dropsAClientThatLeavesItsAnswersLying() throws IOException {
        try (var tracker = new TrackerFixture("local", "--pbts.wire.write-timeout=1s", "--pbts.wire.idle-timeout=60s");
                var socket = new Socket()) {
            for (int port = 1; port <= 60; port++) {
                tracker.get(Announce.of(HASH, port).with("numwant", "0").target());
            }
            socket.setReceiveBufferSize(4096);
            socket.connect(tracker.direct());
            byte[] requests = ("GET "
                            + Announce.of(HASH, 9).with("compact", "0").target() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .repeat(2000)
                    .getBytes(StandardCharsets.US_ASCII);
            var writer = Thread.ofVirtual().start(() -> writeUntilClosed(socket, requests));
            long begin = System.nanoTime();
            await().atMost(Duration.ofSeconds(20)).until(() -> !writer.isAlive());
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
            assertThat(tracker.get(target()).body().failure()).isEmpty();
        }
    }

    private static void writeUntilClosed(Socket socket, byte[] requests) {
        try {
            while (true) {
                socket.getOutputStream().write(requests);
            }
        } catch (IOException closed) {
            // what the test waits for
        }
    }

    @Test
    void keepsAClientThatTakesItsAnswersLateButInTime() throws IOException {
        try (var tracker = new TrackerFixture("local", "--pbts.wire.write-timeout=4s", "--pbts.wire.idle-timeout=60s");
                var client = new RawClient(tracker.direct())) {
            int requests = 3000;
            client.send(("GET " + target() + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(requests));
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            for (int i = 0; i < requests; i++) {
                assertThat(client.read().status()).isEqualTo(200);
            }
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            assertThat(client.get(target()).status()).isEqualTo(200);
        }
    }

    @Test
    void turnsRequestsAwayWhileItsLoopsAreLateAndServesAgainWhenTheyAreNot() throws Exception {
        try (var tracker = new TrackerFixture("local", "--pbts.wire.loops=1", "--pbts.wire.overload-lag=30ms");
                var client = new RawClient(tracker.direct());
                var socket = new SocketClient(tracker.direct().getPort(), "/announce", 1);
                var udp = new UdpClient(LOOPBACK, LOOPBACK, tracker.direct().getPort())) {
            assertThat(socket.ask(socket.announce(HASH, 1, 0)).has("interval")).isTrue();
            long connection = udp.connect();
            var busy = new AtomicBoolean(true);
            EventLoopGroup loops = tracker.bean(TrackerListeners.class).loops();
            loops.execute(new Runnable() {
                @Override
                public void run() {
                    LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
                    if (busy.get()) {
                        var _ = loops.schedule(this, 0, TimeUnit.NANOSECONDS);
                    }
                }
            });
            try {
                await().until(() ->
                        client.get(target()).body().failure().orElse("").equals(BUSY));
                await().until(() -> isTurnedAway(socket, BUSY));
                await().until(() -> isTurnedAway(udp, connection, BUSY));
            } finally {
                busy.set(false);
            }
            await().until(() -> client.get(target()).body().failure().isEmpty());
            await().until(() -> !isTurnedAway(socket, BUSY));
            await().until(() -> !isTurnedAway(udp, connection, BUSY));
        }
    }

    @Test
    void limitsAnAddressOverUdpAndWebSocketsToo() throws Exception {
        String reason = "Too many requests from your address, come back later";
        try (var tracker = new TrackerFixture("local", "--pbts.limit.address-rate=1", "--pbts.limit.address-burst=10");
                var socket = new SocketClient(tracker.direct().getPort(), "/announce", 1);
                var udp = new UdpClient(LOOPBACK, LOOPBACK, tracker.direct().getPort());
                var elsewhere = new UdpClient(
                        InetAddress.ofLiteral("127.0.0.9"),
                        LOOPBACK,
                        tracker.direct().getPort())) {
            long connection = udp.connect();
            assertThat(isTurnedAway(socket, reason)).isFalse();
            await().until(() -> isTurnedAway(socket, reason));
            await().until(() -> isTurnedAway(udp, connection, reason));
            assertThat(isTurnedAway(elsewhere, elsewhere.connect(), reason)).isFalse();
        }
    }

    /** What is not looked at is nobody's announce: the failure names no swarm, above all not that of an earlier message. */
    private static boolean isTurnedAway(SocketClient client, String reason) throws InterruptedException {
        JsonNode answer = client.ask(client.announce(HASH, 1, 0));
        boolean turnedAway = answer.path("failure reason").asString("").equals(reason);
        assertThat(answer.has("info_hash")).isEqualTo(!turnedAway);
        return turnedAway;
    }

    private static boolean isTurnedAway(UdpClient client, long connection, String reason) {
        UdpClient.Reply reply = client.ask(UdpClient.Packet.announce(HASH, 6881).bytes(connection));
        return reply.action() == 3 && reply.error().equals(reason);
    }
}
