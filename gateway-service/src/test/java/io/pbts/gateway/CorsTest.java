package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {
    private static final String ORIGIN = "Origin: https://other.test";

    @Test
    void letsNoOtherSiteAskOrRead() throws IOException {
        try (Stack stack = Stack.production()) {
            FakeService.Behaviour generous = (request, socket) -> {
                String head =
                        "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\naccess-control-allow-credentials: true\r\n"
                                + "Access-Control-Expose-Headers: *\r\nContent-Length: 2\r\n\r\nok";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            };
            stack.tracker.behave(generous);
            stack.reputation.behave(generous);
            for (String path : List.of("/stats", "/announce?x", "/", "/health", "/user/a", "/nothing")) {
                HttpMessage preflight =
                        stack.caller().send("OPTIONS", path, "", ORIGIN, "Access-Control-Request-Method: POST");
                assertThat(preflight.status()).as(path).isEqualTo(403);
                assertThatNothingIsAllowed(preflight);
                assertThatNothingIsAllowed(stack.caller().get(path, ORIGIN));
                assertThatNothingIsAllowed(stack.caller().send("OPTIONS", path, "", ORIGIN));
            }
            assertThat(stack.caller().get("/stats", ORIGIN).body()).isEqualTo("ok");
        }
    }

    private static void assertThatNothingIsAllowed(HttpMessage answer) {
        assertThat(answer.headers())
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }
}
