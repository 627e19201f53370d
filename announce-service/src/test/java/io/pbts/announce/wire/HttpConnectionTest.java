package io.pbts.announce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.FakeReputation;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.RawClient.Answer;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.announce.tracker.Tracker;
import io.pbts.announce.wire.tls.TlsProperties;
import io.pbts.announce.wire.udp.ConnectionIds;
import io.pbts.support.access.ServiceTokenVerifier;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** HTTP as clients, slow clients and hostile ones speak it, on a real socket. */
class HttpConnectionTest {
    private static final Bytes HASH = Bytes.repeat((byte) 0xC3, 20);
    private static final int MAX_CONNECTIONS = 40;
    private static TrackerFixture tracker;
    private static int hashes;
    private static int told;

    private final Bytes hash = Bytes.concatenate(Bytes.ofUnsignedInt(++hashes), Bytes.repeat((byte) 0xC3, 16));

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture(
                "local",
                "--pbts.wire.header-timeout=1s",
                "--pbts.wire.idle-timeout=6s",
                "--pbts.wire.max-connections=" + MAX_CONNECTIONS);
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    private static RawClient connect() throws IOException {
        return new RawClient(tracker.direct());
    }

    private static String head(String version, String... fields) {
        String target = Announce.of(HASH, 6881).target();
        String host = version.endsWith("1.0") ? "" : "Host: x\r\n";
        return "GET " + target + " " + version + "\r\n" + host + String.join("", fields) + "\r\n";
    }

    @Test
    void keepsAnHttp11ConnectionOpen() throws IOException {
        try (var client = connect()) {
            for (int i = 0; i < 20; i++) {
                Answer answer = client.get(Announce.of(HASH, 6881).target());
                assertThat(answer.body().failure()).isEmpty();
                assertThat(answer.headers()).doesNotContainKey("connection");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, close, close",
        "HTTP/1.1, Close, close",
        "HTTP/1.1, 'keep-alive, close', close",
        "HTTP/1.1, keep-alive, ",
        "HTTP/1.0, , close",
        "HTTP/1.0, close, close",
        "HTTP/1.0, Keep-Alive, keep-alive"
    })
    void saysWhetherTheConnectionStays(String version, String asked, String said) throws IOException {
        try (var client = connect()) {
            client.send(asked == null ? head(version) : head(version, "Connection: " + asked + "\r\n"));
            Answer answer = client.read();
            assertThat(answer.body().failure()).isEmpty();
            assertThat(answer.headers().get("connection")).isEqualTo(said);
            if (answer.closes()) {
                assertThat(client.isClosedByServer()).isTrue();
            } else {
                client.send(head("HTTP/1.1"));
                assertThat(client.read().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void takesARequestHoweverItIsSplit() throws IOException {
        String head = head("HTTP/1.1", "User-Agent: slow\r\n");
        try (var client = connect()) {
            for (int cut = 1; cut < head.length(); cut += 3) {
                client.send(head.substring(0, cut));
                LockSupport.parkNanos(500_000);
                client.send(head.substring(cut));
                assertThat(client.read().body().failure()).isEmpty();
            }
        }
    }

    @Test
    void takesARequestByteByByte() throws IOException {
        try (var client = connect()) {
            for (char symbol : head("HTTP/1.1").toCharArray()) {
                client.send(String.valueOf(symbol));
            }
            assertThat(client.read().body().failure()).isEmpty();
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var client = connect()) {
            var requests = new StringBuilder();
            for (int port = 1; port <= 300; port++) {
                Announce announce = Announce.of(hash, 20_000 + port).with("numwant", String.valueOf(port % 7));
                requests.append("GET " + announce.target() + " HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            client.send(requests.toString());
            for (int port = 1; port <= 300; port++) {
                assertThat(client.read().body().ports()).hasSize(Math.min(port - 1, port % 7));
            }
        }
    }

    @Test
    void takesAnEmptyLineBeforeTheRequest() throws IOException {
        try (var client = connect()) {
            client.send("\r\n" + head("HTTP/1.1"));
            assertThat(client.read().body().failure()).isEmpty();
        }
    }

    @Test
    void answersAClientThatHasClosedItsHalf() throws IOException {
        try (var client = connect()) {
            client.send(head("HTTP/1.1"));
            client.endOutput();
            assertThat(client.read().body().failure()).isEmpty();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void takesATargetInAbsoluteForm() throws IOException {
        try (var client = connect()) {
            Answer answer = client.get(
                    "http://tracker.test:6969" + Announce.of(HASH, 6881).target());
            assertThat(answer.body().failure()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'POST /announce HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx', 405",
        "'HEAD /announce HTTP/1.1\r\nHost: x\r\n\r\n', 405",
        "'GET /favicon.ico HTTP/1.1\r\nHost: x\r\n\r\n', 404",
        "'GET /announce HTTP/2.0\r\n\r\n', 505",
        "'GET /announce\r\n\r\n', 400",
        "'GET  HTTP/1.1\r\nHost: x\r\n\r\n', 404",
        "'nonsense\r\n\r\n', 400",
        "'GET /announce?a=\u0001 HTTP/1.1\r\nHost: x\r\n\r\n', 400",
        "'GET /announce?a b HTTP/1.1\r\nHost: x\r\n\r\n', 400",
        "'GET /announce HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n', 400",
        "'GET /announce HTTP/1.1\r\n\r\n', 400",
        "'GET /announce HTTP/1.1\r\nHost : x\r\n\r\n', 400",
        "'GET /announce HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n', 400",
        "'GET /announce HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello', 400",
        "'GET /announce HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400",
        "'\u0016\u0003\u0001\u0002\u0000\r\n\r\n', 400"
    })
    void refusesWhatIsNoTrackerRequestAndCloses(String bytes, int status) throws IOException {
        try (var client = connect()) {
            client.send(bytes);
            Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.closes()).isTrue();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void takesAnEmptyBodyForNone() throws IOException {
        try (var client = connect()) {
            client.send(head("HTTP/1.1", "Content-Length: 0\r\n"));
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void boundsTheRequestLineAndTheFields() throws IOException {
        String padding = "&x=" + "y".repeat(HeadScanner.MAX_LINE);
        try (var client = connect()) {
            client.send(head("HTTP/1.1").replace(" HTTP", padding.substring(0, 15_000) + " HTTP"));
            assertThat(client.read().body().failure()).isEmpty();
            client.send(head("HTTP/1.1").replace(" HTTP", padding + " HTTP"));
            assertThat(client.read().status()).isEqualTo(414);
        }
        try (var client = connect()) {
            client.send(head("HTTP/1.1", "X-Long: " + "y".repeat(16_000) + "\r\n"));
            assertThat(client.read().body().failure()).isEmpty();
            client.send(head("HTTP/1.1", "X-Long: " + "y".repeat(HeadScanner.MAX_FIELDS) + "\r\n"));
            assertThat(client.read().status()).isEqualTo(431);
        }
    }

    @Test
    void deliversARefusalToAClientThatIsStillSending() throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            try (var client = connect()) {
                client.send("GET /" + "x".repeat(200_000));
                assertThat(client.read().status()).isEqualTo(414);
            }
        }
    }

    @Test
    void givesAClientOnlySoLongToSendARequest() throws IOException {
        long begin = System.nanoTime();
        try (var silent = connect();
                var slow = connect()) {
            slow.send("GET /announce HTTP/1.1\r\n");
            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(slow.isClosedByServer()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(800), Duration.ofSeconds(5));
        }
    }

    @Test
    void timesASecondRequestFromItsFirstByte() throws IOException {
        try (var client = connect()) {
            client.get(Announce.of(HASH, 6881).target());
            long begin = System.nanoTime();
            client.send("GET /announce HTTP/1.1\r\n");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(800), Duration.ofSeconds(5));
        }
    }

    @Test
    void closesAConnectionThatIsNotUsed() throws IOException {
        try (var client = connect()) {
            client.get(Announce.of(HASH, 6881).target());
            long begin = System.nanoTime();
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(5500), Duration.ofSeconds(12));
        }
    }

    @Test
    void holdsNoMoreConnectionsThanConfiguredAndTakesNewOnesWhenOthersLeave() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            int refused = 0;
            for (int i = 0; i < MAX_CONNECTIONS + 20; i++) {
                clients.add(connect());
                refused += answers(clients.getLast()) ? 0 : 1; // at once: a silent connection has a second only
            }
            assertThat(refused).isBetween(20, 25);
            assertThat(told).as("told when to come back, not merely cut off").isEqualTo(refused);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await().untilAsserted(() -> {
            try (var client = connect()) {
                assertThat(answers(client)).isTrue();
            }
        });
    }

    private static boolean answers(RawClient client) throws IOException {
        try {
            Answer answer = client.get(Announce.of(HASH, 6881).target());
            if (answer.body().failure().isPresent()) {
                assertThat(answer.body().failure()).contains("The tracker is busy, come back later");
                assertThat(answer.body().integer("interval")).isBetween(300L, 330L);
                assertThat(answer.body().integer("min interval")).isBetween(300L, 330L);
                assertThat(answer.closes()).isTrue();
                told++;
                return false;
            }
            return true;
        } catch (SocketException | EOFException closed) {
            return false;
        }
    }

    /** Answers pile up at the server only until it stops reading. */
    @Test
    void stopsReadingFromAClientThatReadsNoAnswers() throws Exception {
        for (int port = 1; port <= 60; port++) {
            tracker.get(Announce.of(hash, port).with("numwant", "0").target());
        }
        byte[] requests = ("GET " + Announce.of(hash, 9).with("compact", "0").target() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                .repeat(500)
                .getBytes(StandardCharsets.US_ASCII);
        try (var channel = SocketChannel.open(tracker.direct())) {
            channel.configureBlocking(false);
            long taken = 0;
            int stalls = 0;
            while (stalls < 30 && taken < 200_000_000) {
                int written = channel.write(ByteBuffer.wrap(requests));
                taken += written;
                stalls = written == 0 ? stalls + 1 : 0;
                if (written == 0) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
            assertThat(taken).as("bytes of requests taken in").isLessThan(50_000_000);
        }
        assertThat(tracker.get(Announce.of(hash, 6881).target()).status()).isEqualTo(200);
    }

    @Test
    void failsToStartOnABusyPortWithOneSentenceThatSaysWhatToDo() {
        int busy = tracker.direct().getPort();
        assertThatThrownBy(() -> new TrackerFixture("local", "--pbts.wire.port=" + busy))
                .rootCause()
                .hasMessageContaining("Address already in use");
        var cause = new TrackerPortUnusable(Door.Kind.INTERNAL, "127.0.0.1", 6970, new IOException("taken"));
        FailureAnalysis told = new TrackerPortUnusableAnalyzer().analyze(cause);
        assertThat(told.getDescription()).isEqualTo("The tracker cannot listen at 127.0.0.1 port 6970: taken");
        assertThat(told.getAction())
                .isEqualTo("Stop the program that listens there, or set PBTS_TRACKER_INTERNAL_PORT to a free port.");
    }

    @Test
    void listensAtSeveralAddresses() throws IOException {
        try (var twice = new TrackerFixture("local", "--pbts.wire.addresses=127.0.0.1,127.0.0.2")) {
            List<InetSocketAddress> addresses =
                    twice.bean(TrackerListeners.class).addressesOf(Door.Kind.DIRECT);
            assertThat(addresses).hasSize(2);
            for (InetSocketAddress address : addresses) {
                try (var client = new RawClient(address)) {
                    assertThat(client.get(Announce.of(HASH, 6881).target())
                                    .body()
                                    .dictionary()
                                    .text("tracker id"))
                            .contains(FakeReputation.INSTANCE);
                }
            }
        }
    }

    @Test
    void servesWithoutNativeCodeToo() throws IOException {
        var portable = new TrackerListeners(
                tracker.bean(Tracker.class),
                tracker.bean(EdgeLimits.class),
                tracker.bean(ConnectionIds.class),
                tracker.bean(Rooms.class),
                tracker.bean(ServiceTokenVerifier.class),
                tracker.bean(WireProperties.class),
                tracker.bean(TlsProperties.class),
                new SecureRandom(),
                Transport.NIO);
        portable.start();
        try (var client = new RawClient(portable.addressesOf(Door.Kind.DIRECT).getFirst())) {
            assertThat(client.get(Announce.of(hash, 6881).target()).body().failure())
                    .isEmpty();
            client.endOutput();
            assertThat(client.isClosedByServer()).isTrue();
            var loopback = InetAddress.ofLiteral("127.0.0.1");
            try (var udp = new UdpClient(
                    loopback,
                    loopback,
                    portable.addressesOf(Door.Kind.DIRECT).getFirst().getPort())) {
                assertThat(udp.announce(UdpClient.Packet.announce(hash, 6882)).ports(6))
                        .containsExactly(6881);
            }
        } finally {
            portable.stop();
        }
        assertThat(portable.isRunning()).isFalse();
    }

    @Test
    void knowsAnIpv4ClientOfAListenerForEverything() throws IOException {
        try (var everywhere = new TrackerFixture("local", "--pbts.wire.addresses=::");
                var client = new RawClient(new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"), everywhere.direct().getPort()))) {
            Answer answer = client.get(Announce.of(hash, 6881).target());
            assertThat(answer.body().dictionary().string("external ip")).contains(Bytes.of(127, 0, 0, 1));
        }
    }
}
