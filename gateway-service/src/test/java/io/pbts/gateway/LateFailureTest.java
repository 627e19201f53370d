package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** What fails when an answer has begun: it looks whole to nobody, and the log has no trace of the target, which may hold a passkey. */
@ExtendWith(OutputCaptureExtension.class)
class LateFailureTest {
    private static final String PASSKEY = "5szxnkue2vdend2porqmr5gqkebpa23n";
    private static final String BEGUN = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production();
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    static List<FakeService.Behaviour> cuts() {
        return List.of(
                (request, socket) -> begin(socket, "Content-Length: 1000\r\n\r\nd8:interval", false),
                (request, socket) -> begin(socket, "Content-Length: 1000\r\n\r\nd8:interval", true),
                (request, socket) -> begin(socket, "Transfer-Encoding: chunked\r\n\r\nb\r\nd8:interval\r\n", false),
                (request, socket) -> begin(socket, "Transfer-Encoding: chunked\r\n\r\nb\r\nd8:interval\r\n", true),
                (request, socket) ->
                        begin(socket, "Transfer-Encoding: chunked\r\n\r\nb\r\nd8:interval\r\nzz\r\n", false));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void anAnswerCutInItsBodyIsCutForTheCaller(FakeService.Behaviour cut, CapturedOutput log) throws IOException {
        stack.tracker.behave(cut);
        String answer = answerTo("GET /" + PASSKEY + "/announce?x HTTP/1.1\r\nHost: t\r\n\r\n");
        assertThat(answer).matches("(?s)|HTTP/1\\.1 200 .*").doesNotContain("\r\n0\r\n");
        assertThat(log.getAll()).doesNotContain(PASSKEY).doesNotContain(" ERROR ");
    }

    @Test
    void aCutAnswerIsReportedAsAFailedHop(CapturedOutput log) throws IOException {
        stack.tracker.behave(cuts().getFirst());
        // at most one report a second, whatever failed before
        for (int tries = 0; tries < 10 && !log.getAll().contains("event="); tries++) {
            answerTo("GET /announce?x HTTP/1.1\r\nHost: t\r\n\r\n");
        }
        assertThat(log.getAll()).contains("event=hop_failed owner=tracker");
    }

    @Test
    void aBodyRefusedWhileItsRequestIsForwardedIsNoFaultOfOurs(CapturedOutput log) throws IOException {
        stack.tracker.behave(FakeService.answer(200, "text/plain", "ok"));
        stack.receipt.behave(FakeService.answer(200, "application/json", "{}"));
        for (String line : List.of("GET /" + PASSKEY + "/announce?x", "POST /report")) {
            for (String body :
                    List.of("5\r\nhello\r\nzz\r\n", "5\nhello\r\n0\r\n\r\n", "5;\r\nhello\r\n0\r\nX : y\r\n\r\n")) {
                String answer = answerTo(line + " HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
                assertThat(answer).as(line + body).startsWith("HTTP/1.1 400 ");
            }
        }
        assertThat(log.getAll()).doesNotContain(PASSKEY).doesNotContain(" ERROR ");
    }

    @Test
    void whatComesAfterTheEndOfAnExchangeIsOneLine(CapturedOutput log) {
        Operators.onErrorDropped(new IllegalStateException("of " + PASSKEY), Context.empty());
        assertThat(log.getAll().lines().filter(line -> line.contains("event=")))
                .singleElement()
                .asString()
                .contains(" WARN ")
                .contains("event=late_failure cause=\"IllegalStateException\"");
        assertThat(log.getAll()).doesNotContain(PASSKEY);
    }

    private static void begin(Socket socket, String rest, boolean reset) throws IOException {
        socket.getOutputStream().write((BEGUN + rest).getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        pause();
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    /** So that the beginning is on its way to the caller when the rest fails. */
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything until the server closes. */
    private static String answerTo(String bytes) throws IOException {
        try (Socket socket = stack.caller().open()) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }
}
