package io.pbts.announce.wire.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.SocketClient;
import io.pbts.announce.testing.TestCertificate;
import io.pbts.announce.testing.TrackerFixture;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The tracker's encrypted port, with clients of the JDK. */
class TlsListenerTest {
    private static final Bytes HASH = Bytes.repeat((byte) 0x75, 20);
    private static final int CONNECTIONS = 30;

    @TempDir
    static Path folder;

    private static Path chain;
    private static Path key;
    private static TestCertificate first;
    private static TestCertificate second;
    private static SSLContext clients;
    private static TrackerFixture tracker;
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    @BeforeAll
    static void start() throws Exception {
        first = TestCertificate.generate(folder, "first");
        second = TestCertificate.generate(folder, "second");
        clients = TestCertificate.trusting(first, second);
        chain = folder.resolve("fullchain.pem");
        key = folder.resolve("privkey.pem");
        place(first);
        tracker = new TrackerFixture(
                "local",
                "--pbts.wire.tls.port=0",
                "--pbts.wire.tls.certificate=" + chain,
                "--pbts.wire.tls.key=" + key,
                "--pbts.wire.tls.look=20ms",
                "--pbts.wire.tls.handshake-timeout=1s",
                "--pbts.limit.connections=" + CONNECTIONS);
        LOG.start();
        ((Logger) LoggerFactory.getLogger(TlsCertificate.class)).addAppender(LOG);
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(TlsCertificate.class)).detachAppender(LOG);
        tracker.close();
    }

    private static void place(TestCertificate certificate) throws IOException {
        TestCertificate.replace(key, certificate.keyPem());
        TestCertificate.replace(chain, certificate.certificatePem());
    }

    private static RawClient client() throws IOException {
        return new RawClient(tracker.tls(), clients.getSocketFactory());
    }

    private static String served() throws IOException {
        try (var socket = connected()) {
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    private static SSLSocket connected(String... protocols) throws IOException {
        var socket = (SSLSocket) clients.getSocketFactory()
                .createSocket(tracker.tls().getAddress(), tracker.tls().getPort());
        socket.setSoTimeout(10_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    private static List<String> complaints() {
        return List.copyOf(LOG.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("event=tls_certificate_unusable"))
                .toList();
    }

    @Test
    void servesTheSwarmsOfThePlainPortRequestAfterRequest() throws IOException {
        tracker.get(Announce.of(HASH, 7001).with("numwant", "0").target());
        try (var client = client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get(Announce.of(HASH, 7002).target()).body().integer("incomplete"))
                        .isEqualTo(2);
            }
            client.send(("GET " + Announce.of(HASH, 7002).target() + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(500));
            for (int i = 0; i < 500; i++) {
                assertThat(client.read().status()).isEqualTo(200);
            }
            assertThat(client.get("/elsewhere").status()).isEqualTo(404);
            assertThat(client.isClosedByServer())
                    .as("and with a close_notify, without which the JDK throws")
                    .isTrue();
        }
    }

    @Test
    void carriesWebSockets() throws Exception {
        Bytes hash = HASH.not();
        String url = "wss://127.0.0.1:%d/announce".formatted(tracker.tls().getPort());
        try (HttpClient http = HttpClient.newBuilder().sslContext(clients).build();
                var one = new SocketClient(http, url, 1);
                var other = new SocketClient(tracker.direct().getPort(), "/announce", 2)) {
            assertThat(one.ask(one.announce(hash, 1, 0)).has("interval")).isTrue();
            other.ask(other.announce(hash, 1, 1));
            assertThat(one.next().path("offer").path("sdp").asString()).contains(other.peerId());
        }
    }

    @Test
    void speaksTls12AndTls13AndLetsNobodyRenegotiate() throws IOException {
        try (var modern = connected()) {
            assertThat(modern.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
        try (var older = connected("TLSv1.2")) {
            assertThat(older.getSession().getProtocol()).isEqualTo("TLSv1.2");
            older.startHandshake();
            assertThatThrownBy(() -> older.getInputStream().readAllBytes())
                    .isInstanceOfAny(SSLException.class, SocketException.class);
        }
    }

    @Test
    void takesNewFilesForNewConnectionsAndKeepsTheOldOnesOpen() throws IOException {
        place(first);
        await().until(() -> served().equals("CN=first"));
        try (var old = client()) {
            assertThat(old.get(Announce.of(HASH, 7003).target()).status()).isEqualTo(200);
            place(second);
            await().until(() -> served().equals("CN=second"));
            assertThat(old.get(Announce.of(HASH, 7003).target()).status()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheLastCertificateWhileTheFilesAreBrokenAndSaysSoOnce() throws Exception {
        place(first);
        await().until(() -> served().equals("CN=first"));
        int before = complaints().size();
        TestCertificate.replace(chain, "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n");
        await().until(() -> complaints().size() > before);
        Thread.sleep(200);
        assertThat(served()).isEqualTo("CN=first");
        assertThat(complaints().subList(before, complaints().size()))
                .containsExactly(
                        "event=tls_certificate_unusable reason=\"there is no certificate that can be read in its"
                                + " file\" using=\"the last one\"");
        TestCertificate.replace(chain, second.certificatePem());
        await().until(() -> complaints().size() > before + 1);
        assertThat(complaints().getLast()).contains("the private key is not that of the first certificate");
        Files.delete(chain);
        await().until(() -> complaints().getLast().contains("cannot be read"));
        assertThat(served()).isEqualTo("CN=first");
        place(second);
        await().until(() -> served().equals("CN=second"));
        assertThat(complaints().toString()).doesNotContain(first.keyPem().substring(40, 60));
    }

    @Test
    void dropsPlainTextAndWhoeverShakesHandsSlowly() throws IOException {
        try (var plain = new RawClient(tracker.tls())) {
            assertThatThrownBy(() -> plain.get(Announce.of(HASH, 7004).target()))
                    .isInstanceOfAny(EOFException.class, SocketException.class, StringIndexOutOfBoundsException.class);
        }
        try (var slow = new Socket(tracker.tls().getAddress(), tracker.tls().getPort())) {
            long begin = System.nanoTime();
            slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            slow.setSoTimeout(10_000);
            assertThat(closed(slow)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        }
        try (var honest = client()) {
            assertThat(honest.get(Announce.of(HASH, 7004).target()).status()).isEqualTo(200);
        }
    }

    private static boolean closed(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void countsWithThePlainConnectionsOfTheSameAddress() throws IOException {
        List<RawClient> open = new ArrayList<>();
        try {
            await().ignoreExceptions().until(() -> {
                while (open.size() < CONNECTIONS) {
                    RawClient next = open.size() % 2 == 0 ? client() : new RawClient(tracker.direct());
                    open.add(next);
                    if (next.get(Announce.of(HASH, 7005).target()).closes()) {
                        open.removeLast().close();
                        return false;
                    }
                }
                return true;
            });
            try (var beyond = client()) {
                assertThat(beyond.get(Announce.of(HASH, 7005).target()).body().failure())
                        .contains("The tracker is busy, come back later");
            }
        } finally {
            for (RawClient client : open) {
                client.close();
            }
        }
    }

    @Test
    void doesNotStartWithFilesThatAreMissingOrBroken() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.pem"), "nothing", StandardCharsets.US_ASCII);
        Path sound = Files.writeString(folder.resolve("sound.pem"), first.certificatePem());
        assertRefused("", key.toString(), "no file is named for the certificate");
        assertRefused(
                folder + "/absent.pem",
                key.toString(),
                "the certificate's file %s/absent.pem cannot be read (NoSuchFileException)".formatted(folder));
        assertRefused(sound.toString(), broken.toString(), "there is no private key that can be read in its file");
    }

    private static void assertRefused(String certificate, String privateKey, String reason) {
        var properties = new TlsProperties(0, certificate, privateKey, Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThatThrownBy(() -> TlsCertificate.load(properties, 1))
                .isInstanceOfSatisfying(TlsUnusable.class, cause -> {
                    var told = new TlsUnusableAnalyzer().analyze(cause);
                    assertThat(told.getDescription()).isEqualTo("The tracker cannot listen for TLS: " + reason);
                    assertThat(told.getAction()).contains("PBTS_TRACKER_TLS_CERTIFICATE", "PBTS_TRACKER_TLS_KEY");
                });
    }
}
