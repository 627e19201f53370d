package io.pbts.engine.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.pbts.engine.tracker.AnnounceRequest.Event;
import io.pbts.protocol.torrent.PeerId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTrackerTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final byte[] ANSWER = "d8:intervali900e5:peers6:\0\0\0\0\0\1e".getBytes(US_ASCII);

    @TempDir
    private static Path folder;

    private static SSLContext trusted;

    private final AnnounceRequest request = new AnnounceRequest(
            Bytes.repeat((byte) 9, 20),
            PeerId.ofBytes("-PB0100-abcdefghijkl".getBytes(US_ASCII)),
            6881,
            1,
            2,
            3,
            Event.STARTED,
            50);
    private HttpServer server;

    /** A certificate for localhost by nobody in particular, and a context that trusts it. */
    @BeforeAll
    static void certify() throws Exception {
        Path file = folder.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "tracker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(keys);
        trusted = SSLContext.getInstance("TLS");
        trusted.init(own.getKeyManagers(), others.getTrustManagers(), null);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI serve(boolean secure, long declaredLength) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (secure) {
            HttpsServer https = HttpsServer.create(address, 5);
            https.setHttpsConfigurator(new HttpsConfigurator(trusted));
            server = https;
        } else {
            server = HttpServer.create(address, 5);
        }
        server.createContext("/announce", exchange -> {
            exchange.sendResponseHeaders(200, declaredLength);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        server.start();
        return URI.create((secure ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort() + "/announce");
    }

    private AnnounceAnswer announce(SSLSocketFactory tls, URI url) throws TrackerFailure, InterruptedException {
        return new HttpTracker(tls).announce(url, InetAddress.getLoopbackAddress(), request, Duration.ofSeconds(20));
    }

    @Test
    void announcesByHttps() throws Exception {
        AnnounceAnswer answer = announce(trusted.getSocketFactory(), serve(true, ANSWER.length));
        assertThat(answer.interval()).isEqualTo(Duration.ofMinutes(15));
        assertThat(answer.peers()).hasSize(1);
    }

    @Test
    void aTrackerWithAnUnknownCertificateIsToldNothing() throws Exception {
        URI url = serve(true, ANSWER.length);
        assertThatThrownBy(() -> announce((SSLSocketFactory) SSLSocketFactory.getDefault(), url))
                .isInstanceOf(TrackerFailure.class)
                .hasMessageContaining("certification path");
    }

    @Test
    void aCertificateForAnotherNameIsNone() throws Exception {
        URI url = URI.create(serve(true, ANSWER.length).toString().replace("localhost", "127.0.0.1"));
        assertThatThrownBy(() -> announce(trusted.getSocketFactory(), url))
                .isInstanceOf(TrackerFailure.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void readsAnAnswerInChunks() throws Exception {
        assertThat(announce(trusted.getSocketFactory(), serve(false, 0)).peers())
                .hasSize(1);
    }

    @Test
    void goesWhereItIsSentButNotFromTlsToNone() throws Exception {
        URI open = serve(false, ANSWER.length);
        HttpServer plain = server;
        URI secure = serve(true, ANSWER.length);
        try {
            redirect(plain, "/up", secure);
            redirect(server, "/down", open);
            assertThat(announce(trusted.getSocketFactory(), open.resolve("/up")).peers())
                    .hasSize(1);
            assertThatThrownBy(() -> announce(trusted.getSocketFactory(), secure.resolve("/down")))
                    .isInstanceOf(TrackerFailure.class)
                    .hasMessageContaining("redirects");
        } finally {
            plain.stop(0);
        }
    }

    private static void redirect(HttpServer from, String path, URI to) {
        from.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", to.toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() throws Exception {
        URI url = serve(false, 0);
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 10];
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(much);
            }
            exchange.close();
        });
        assertThatThrownBy(() -> announce(trusted.getSocketFactory(), url.resolve("/endless")))
                .isInstanceOf(TrackerFailure.class)
                .hasMessageContaining("longer than");
    }
}
