package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final int CONNECTIONS = 8;
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production(
                "pbts.gateway.limits.max-connections=" + CONNECTIONS,
                "pbts.gateway.limits.head-timeout=1s",
                "pbts.gateway.limits.body-gap=1s");
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @Test
    void closesTheConnectionThatIsOneTooMany() throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                served().ifPresent(held::add);
                return held.size() == CONNECTIONS;
            });
            try (Socket tooMany = stack.caller().open()) {
                assertThat(isClosedByServer(tooMany)).isTrue();
            }
            assertThat(isServed(held.getFirst())).isTrue();
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            Optional<Socket> next = served();
            next.ifPresent(LimitsTest::close);
            return next.isPresent();
        });
    }

    @Test
    void closesAConnectionWhoseHeadTricklesIn() throws IOException {
        try (Socket socket = stack.caller().open()) {
            long begin = System.nanoTime();
            socket.getOutputStream().write("GET /announce?x HTTP/1.1\r\n".getBytes(US_ASCII));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isBrokenWhenSentTo(socket));
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(800), Duration.ofSeconds(10));
        }
    }

    @Test
    void closesAKeptConnectionWhoseNextHeadTricklesIn() throws IOException {
        try (Socket socket = stack.caller().open()) {
            socket.getOutputStream().write("GET /announce?x HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(US_ASCII));
            HttpMessage.read(socket.getInputStream(), true);
            socket.getOutputStream().write("GET /ann".getBytes(US_ASCII));
            assertThat(isClosedByServer(socket)).isTrue();
        }
    }

    /** The server's timer closes the connection; whether the 408 still gets out is a matter of luck. */
    @Test
    void closesAConnectionWhoseBodyStopsComing() throws IOException {
        try (Socket socket = stack.caller().open()) {
            socket.getOutputStream()
                    .write("POST /report HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf".getBytes(US_ASCII));
            long begin = System.nanoTime();
            String all = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(all).matches("(?s)|HTTP/1.1 408 .*");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void survivesACallerWhoHangsUpInTheMiddleOfABody() throws IOException {
        try (Socket socket = stack.caller().open()) {
            socket.getOutputStream()
                    .write("POST /report HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf".getBytes(US_ASCII));
            socket.shutdownOutput();
            assertThat(isClosedByServer(socket)).isTrue();
        }
        assertThat(stack.caller().get("/config").status()).isEqualTo(200);
    }

    @Test
    void refusesHeadersOfMoreThan16KiB() {
        assertThat(stack.caller().get("/stats", "X-Big: " + "x".repeat(15_000)).status())
                .isEqualTo(200);
        assertThat(stack.caller().get("/stats", "X-Big: " + "x".repeat(17_000)).status())
                .isEqualTo(431);
    }

    /** A connection on which a request was answered and which stays open; empty when the house is full. */
    private static Optional<Socket> served() throws IOException {
        Socket socket = stack.caller().open();
        if (isServed(socket)) {
            return Optional.of(socket);
        }
        socket.close();
        return Optional.empty();
    }

    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream().write("GET /announce?x HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(US_ASCII));
            return HttpMessage.read(socket.getInputStream(), true).status() == 200;
        } catch (IOException closed) {
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean isBrokenWhenSentTo(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write("X: 1\r\n".getBytes(US_ASCII));
            return false;
        } catch (SocketException broken) {
            return true;
        }
    }

    private static boolean isClosedByServer(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}
