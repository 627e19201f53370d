package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.BufferedInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** One connection for many requests (RFC 9112, 9.3), also for those that come before the last answer is done. */
class KeepAliveTest {
    private static final String FORWARDED = "GET /stats HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String REFUSED = "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void goesOnReadingAfterARefusalThatFollowedAForwardedRequestAtOnce() throws IOException {
        try (Stack stack = Stack.production();
                var socket = stack.caller().open()) {
            var answers = new BufferedInputStream(socket.getInputStream());
            for (int round = 0; round < 20; round++) {
                socket.getOutputStream().write((FORWARDED + REFUSED).getBytes(ISO_8859_1));
                assertThat(HttpMessage.read(answers, true).status()).isEqualTo(200);
                assertThat(HttpMessage.read(answers, true).status()).isEqualTo(404);
                socket.getOutputStream().write(REFUSED.getBytes(ISO_8859_1));
                assertThat(HttpMessage.read(answers, true).status())
                        .as("round " + round)
                        .isEqualTo(404);
            }
        }
    }
}
