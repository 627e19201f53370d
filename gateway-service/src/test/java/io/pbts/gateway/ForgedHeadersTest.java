package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForgedHeadersTest {
    private static final String FORGED = "203.0.113.99";
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production();
        stack.reputation.behave(FakeService::echo);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=" + FORGED,
                "X-Forwarded-For: " + FORGED,
                "x-forwarded-for: " + FORGED,
                "X_Forwarded_For: " + FORGED,
                "X-Forwarded: " + FORGED,
                "X-Forwarded-Host: " + FORGED,
                "X-Forwarded-Proto: " + FORGED,
                "X-Forwarded-Prefix: /" + FORGED,
                "X-Real-IP: " + FORGED,
                "True-Client-IP: " + FORGED,
                "CF-Connecting-IP: " + FORGED,
                "X-Client-IP: " + FORGED,
                "X-PBTS-Client-Address: " + FORGED,
                "x-pbts-client-address: " + FORGED,
                "X_PBTS_Client_Address: " + FORGED,
                "X-PBTS-Account: " + FORGED,
                "Via: 1.1 " + FORGED
            })
    void believesNoHeaderAboutWhereARequestComesFrom(String header) {
        HttpMessage announce = stack.caller().get("/announce?x", header, header);
        assertThat(announce.body())
                .contains("\nX-PBTS-Client-Address: 127.0.0.1\n")
                .doesNotContain(FORGED);
        HttpMessage stats = stack.caller().get("/stats", header);
        assertThat(stats.body()).startsWith("GET /stats HTTP/1.1\n").doesNotContain(FORGED);
    }

    @Test
    void letsNobodyHaveItsOwnHeaderTakenAwayAsHopByHop() {
        String body = stack.caller().raw("""
                        GET /announce?x HTTP/1.1\r
                        Host: tracker.test\r
                        Connection: X-PBTS-Client-Address, close\r
                        \r
                        """).body();
        assertThat(body).contains("\nX-PBTS-Client-Address: 127.0.0.1\n");
    }

    @Test
    void tellsTheAddressOfAnIpv6Socket() {
        assertThat(stack.caller("::1").get("/announce?x").body())
                .contains("\nX-PBTS-Client-Address: 0:0:0:0:0:0:0:1\n");
    }

    @Test
    void tellsTheAddressToTheTrackerOnly() {
        assertThat(stack.caller().get("/stats").body()).doesNotContainIgnoringCase("client-address");
    }

    @Test
    void passesThePasskeyAndOrdinaryHeadersOn() {
        String body = stack.caller()
                .get("/stats", "X-PBTS-Passkey: abc", "Accept: application/json", "X-Own: 1")
                .body();
        assertThat(body).contains("X-PBTS-Passkey: abc", "Accept: application/json", "X-Own: 1");
    }

    @Test
    void endsHopByHopHeadersHere() {
        String body = stack.caller().raw("""
                        GET /stats HTTP/1.1\r
                        Host: tracker.test\r
                        Connection: close, X-Hop\r
                        X-Hop: 1\r
                        Keep-Alive: timeout=5\r
                        TE: trailers\r
                        Proxy-Authorization: Basic abc\r
                        Proxy-Connection: keep-alive\r
                        Upgrade: h2c\r
                        Expect: 100-continue\r
                        \r
                        """).body();
        assertThat(body)
                .doesNotContainIgnoringCase("x-hop")
                .doesNotContainIgnoringCase("keep-alive")
                .doesNotContainIgnoringCase("trailers")
                .doesNotContainIgnoringCase("proxy-")
                .doesNotContainIgnoringCase("upgrade")
                .doesNotContainIgnoringCase("expect");
    }
}
