package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SlowCallersTest {

    @Test
    void givesUpOnABodyThatTricklesIn() throws IOException {
        try (Stack stack = Stack.production("pbts.gateway.limits.body-grace=500ms");
                Socket socket = stack.caller().open()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /report HTTP/1.1\r\nHost: t\r\nContent-Length: 900\r\n\r\n".getBytes(US_ASCII));
            long begin = System.nanoTime();
            String all = trickle(socket, out);
            assertThat(all).startsWith("HTTP/1.1 408 ").contains("The body came too slowly");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void hangsUpOnABodyThatTricklesOnAfterItsAnswer() throws IOException {
        try (Stack stack = Stack.production();
                Socket socket = stack.caller().open()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /nothing HTTP/1.1\r\nHost: t\r\nContent-Length: 900\r\n\r\n".getBytes(US_ASCII));
            assertThat(trickle(socket, out)).startsWith("HTTP/1.1 404 ");
            assertThat(isClosedWhileTrickling(socket)).isTrue();
        }
    }

    @Test
    void letsOneAddressHaveNoMoreUnfinishedBodiesThanItsShare() throws IOException {
        byte[] half = "POST /report HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\n{}".getBytes(US_ASCII);
        byte[] rest = "  ".getBytes(US_ASCII);
        try (Stack stack = Stack.production("pbts.gateway.limits.max-unfinished-bodies=2");
                Socket first = stack.caller().open();
                Socket second = stack.caller().open()) {
            first.getOutputStream().write(half);
            second.getOutputStream().write(half);
            Awaitility.await().until(() -> {
                try (Socket third = stack.caller().open()) {
                    third.getOutputStream().write(half);
                    third.getOutputStream().write(rest);
                    return HttpMessage.read(third.getInputStream(), true).status() == 429;
                }
            });
            assertThat(stack.caller("::1").post("/report", "{}").status()).isEqualTo(200);

            first.getOutputStream().write(rest);
            assertThat(HttpMessage.read(first.getInputStream(), true).status()).isEqualTo(200);
            assertThat(stack.caller().post("/report", "{}").status()).isEqualTo(200);
        }
    }

    @Test
    void letsOneAddressHaveNoMoreConnectionsThanItsShare() throws IOException {
        try (Stack stack = Stack.production("PBTS_CONNECTIONS_PER_ADDRESS=3")) {
            List<Socket> held = new ArrayList<>();
            for (int opened = 0; opened < 3; opened++) {
                Socket socket = stack.caller().open();
                socket.getOutputStream().write("GET /config HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(US_ASCII));
                assertThat(HttpMessage.read(socket.getInputStream(), true).status())
                        .isEqualTo(200);
                held.add(socket);
            }
            try (Socket fourth = stack.caller().open()) {
                assertThat(readUntilClosed(fourth.getInputStream())).isZero();
            }
            assertThat(stack.caller("::1").get("/config").status()).isEqualTo(200);
            assertThat(stack.operator().get("/nothing").status()).isEqualTo(404);
            held.removeFirst().close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .until(() -> stack.caller().get("/config").status() == 200);
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    /** One byte each 100 ms until the server has had enough. */
    private static String trickle(Socket socket, OutputStream out) throws IOException {
        for (int sent = 0; sent < 80 && socket.getInputStream().available() == 0; sent++) {
            out.write('x');
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        byte[] answer = socket.getInputStream()
                .readNBytes(Math.max(1, socket.getInputStream().available()));
        return new String(answer, US_ASCII);
    }

    private static boolean isClosedWhileTrickling(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        for (int sent = 0; sent < 100; sent++) {
            try {
                socket.getOutputStream().write('x');
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException stillOpen) {
                // The next byte.
            } catch (SocketException reset) {
                return true;
            }
        }
        return false;
    }

    private static long readUntilClosed(InputStream in) throws IOException {
        long all = 0;
        try {
            byte[] part = new byte[65_536];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                all += read;
            }
            return all;
        } catch (SocketException reset) {
            return all;
        }
    }
}
