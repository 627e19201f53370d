package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.Smuggling;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmugglingTest {
    private static final Queue<String> ARRIVED = new ConcurrentLinkedQueue<>();
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production();
        for (FakeService service :
                List.of(stack.tracker, stack.announce, stack.receipt, stack.reputation, stack.contract)) {
            service.behave((request, socket) -> {
                ARRIVED.add(request.startLine());
                if (request.startLine().startsWith("HEAD ")) {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n".getBytes(ISO_8859_1));
                } else {
                    FakeService.write(socket, 200, "text/plain", "ok");
                }
            });
        }
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @AfterEach
    void forget() {
        ARRIVED.clear();
    }

    static List<Smuggling.Case> cases() {
        return Smuggling.cases();
    }

    @Test
    void triesThreeHundredWaysAtLeast() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(300);
        assertThat(cases().stream().map(Smuggling.Case::bytes)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesWhatTwoReadersCouldReadDifferently(Smuggling.Case each) throws IOException {
        String answer = stack.caller().untilClosed(each.bytes());
        assertThat(answer).matches("(?s)|HTTP/1\\.1 (?:400|414|431) .*");
        assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSizeLessThanOrEqualTo(2);
        assertThat(ARRIVED).noneMatch(line -> line.contains(Smuggling.MARK));
        assertThat(stack.caller().get("/stats").body()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /report HTTP/1.1|Host: tracker.test|Content-Length: 5||hello",
                "POST /report HTTP/1.1|Host: tracker.test|Transfer-Encoding: chunked||5;a=b|hello|0||",
                "POST /report HTTP/1.1|Host: tracker.test|transfer-encoding:Chunked||1|a|00f|123456789012345|0|X: y||",
                "HEAD /stats HTTP/1.1|Host: tracker.test:8000||",
                "GET http://tracker.test/stats HTTP/1.1|Host: tracker.test|X-Empty:|X-Latin: \u00e9||",
                "GET /stats HTTP/1.1|Host: [::1]:8000||"
            })
    void servesHonestRequestsOneAfterAnotherOnOneConnection(String shown) throws IOException {
        String request = shown.replace("|", "\r\n");
        try (Socket socket = stack.caller().open()) {
            for (int times = 0; times < 3; times++) {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                var answer = new StringBuilder();
                String end = request.startsWith("HEAD") ? "\r\n\r\n" : "\r\n\r\nok";
                while (answer.indexOf(end) < 0) {
                    int next = socket.getInputStream().read();
                    assertThat(next).as("read so far: %s", answer).isGreaterThanOrEqualTo(0);
                    answer.append((char) next);
                }
                assertThat(answer.toString()).startsWith("HTTP/1.1 200 ");
            }
        }
        assertThat(ARRIVED).hasSize(3);
    }

    @Test
    void servesClientsOfHttp10WhoKnowNoHost() throws IOException {
        assertThat(stack.caller().untilClosed("GET /announce?x HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("ok");
    }
}
