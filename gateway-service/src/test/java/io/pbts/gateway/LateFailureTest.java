package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    private static final String BEGINNING = "d8:interval";
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production();
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    /**
     * An answer that ends too early, when its caller has seen the beginning.
     *
     * @param rest of its head, and the beginning of its body
     * @param last what comes before the end, if anything
     * @param reset whether it ends by a reset
     */
    private record Cut(String rest, String last, boolean reset) {
        FakeService.Behaviour when(CountDownLatch seen) {
            return (request, socket) -> {
                socket.getOutputStream().write((BEGUN + rest).getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                seen.await();
                socket.getOutputStream().write(last.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                if (reset) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            };
        }
    }

    static List<Cut> cuts() {
        String sized = "Content-Length: 1000\r\n\r\n" + BEGINNING;
        String chunked = "Transfer-Encoding: chunked\r\n\r\nb\r\n" + BEGINNING + "\r\n";
        return List.of(
                new Cut(sized, "", false),
                new Cut(sized, "", true),
                new Cut(chunked, "", false),
                new Cut(chunked, "", true),
                new Cut(chunked, "zz\r\n", false));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void anAnswerCutInItsBodyIsCutForTheCaller(Cut cut, CapturedOutput log) throws IOException {
        String answer = beginningAndRest(cut);
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains(BEGINNING).doesNotContain("\r\n0\r\n");
        assertThat(log.getAll()).doesNotContain(PASSKEY).doesNotContain(" ERROR ");
    }

    @Test
    void aCutAnswerIsReportedAsAFailedHop(CapturedOutput log) throws IOException {
        // at most one report a second, whatever failed before
        for (int tries = 0; tries < 1_000 && !log.getAll().contains("event="); tries++) {
            beginningAndRest(cuts().getFirst());
        }
        assertThat(log.getAll())
                .containsPattern(
                        "event=hop_failed owner=tracker .*cause=\"Connection prematurely closed DURING response\"");
    }

    @Test
    void aBodyRefusedWhileItsRequestIsForwardedIsNoFaultOfOurs(CapturedOutput log) throws IOException {
        stack.tracker.behave(FakeService.answer(200, "text/plain", "ok"));
        stack.receipt.behave(FakeService.answer(200, "application/json", "{}"));
        for (String line : List.of("GET /" + PASSKEY + "/announce?x", "POST /report")) {
            for (String body :
                    List.of("5\r\nhello\r\nzz\r\n", "5\nhello\r\n0\r\n\r\n", "5;\r\nhello\r\n0\r\nX : y\r\n\r\n")) {
                String answer = stack.caller()
                        .untilClosed(line + " HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
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

    /** All that the caller of an announce gets until the connection ends. */
    private static String beginningAndRest(Cut cut) throws IOException {
        var seen = new CountDownLatch(1);
        stack.tracker.behave(cut.when(seen));
        var answer = new StringBuilder();
        try (Socket socket = stack.caller().open()) {
            socket.getOutputStream()
                    .write(("GET /" + PASSKEY + "/announce?x HTTP/1.1\r\nHost: t\r\n\r\n").getBytes(ISO_8859_1));
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
                if (answer.indexOf(BEGINNING) >= 0) {
                    seen.countDown();
                }
            }
        }
        return answer.toString();
    }
}
