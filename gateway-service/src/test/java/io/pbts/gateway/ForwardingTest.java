package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
    private static final int LIMIT = 11 * 1024 * 1024;
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production(
                "pbts.gateway.backends.receipt.timeout=1500ms", "pbts.gateway.backends.announce.timeout=1500ms");
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @BeforeEach
    void listen() {
        stack.receipt.behave(FakeService::echo);
        stack.announce.behave(FakeService::echo);
        stack.reputation.behave(FakeService::echo);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x"
            })
    void passesEveryBodyOnUnread(String type) {
        String body = "{\"a\": \"%20+b=c&d\"}&x=1";
        HttpMessage answer = stack.caller().post("/report", body, "Content-Type: " + type);
        assertThat(answer.body()).startsWith("POST /report HTTP/1.1\n").endsWith("\n\n" + body);
        assertThat(answer.body()).containsIgnoringCase("Content-Type: " + type);
    }

    @Test
    void passesABodyWithoutALengthOn() {
        HttpMessage answer = stack.caller().raw("""
                POST /report HTTP/1.1\r
                Host: tracker.test\r
                Connection: close\r
                Transfer-Encoding: chunked\r
                \r
                5\r
                hello\r
                6\r
                 world\r
                0\r
                \r
                """);
        assertThat(answer.body()).endsWith("\n\nhello world");
    }

    @Test
    void passesALargeBodyOn() {
        String body = "d4:info".repeat(1_000_000);
        HttpMessage answer = stack.caller().post("/api/v1/torrents", body, "Expect: 100-continue");
        HttpMessage last = answer.status() == 100 ? read(answer.body()) : answer;
        assertThat(last.status()).isEqualTo(200);
        assertThat(last.body()).endsWith("\n\n" + body);
    }

    @Test
    void refusesABodyThatSaysItIsTooLarge() {
        HttpMessage answer = stack.caller().raw("""
                POST /report HTTP/1.1\r
                Host: tracker.test\r
                Content-Length: %d\r
                \r
                """.formatted(LIMIT + 1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"error\":\"The body is larger than 11534336 bytes\"}");
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() {
        HttpMessage answer = stack.caller().raw("""
                POST /api/v1/torrents HTTP/1.1\r
                Host: tracker.test\r
                Transfer-Encoding: chunked\r
                \r
                %x\r
                """.formatted(LIMIT + 1) + "x".repeat(LIMIT + 1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"body-too-large\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "reset", "break off"})
    void saysThatAServiceIsAway(String how) {
        stack.receipt.behave(
                switch (how) {
                    case "hang" -> FakeService::hang;
                    case "reset" -> FakeService::reset;
                    default -> FakeService::breakOff;
                });
        assertThatReceiptIsAway(stack.caller().post("/report", "{}"));
    }

    @Test
    void saysThatAServiceRefusesConnections() throws IOException {
        stack.receipt.whileAway(() -> assertThatReceiptIsAway(stack.caller().post("/report", "{}")));
        assertThat(stack.caller().post("/report", "{}").status()).isEqualTo(200);
    }

    @Test
    void saysItAsAProblemUnderApi() throws IOException {
        stack.announce.whileAway(() -> {
            HttpMessage answer = stack.caller().get("/api/v1/torrents/00");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("2");
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.body())
                    .contains(
                            "\"type\":\"urn:pbts:problem:unavailable\"", "\"status\":503", "\"code\":\"unavailable\"");
        });
    }

    @ParameterizedTest
    @CsvSource({"404,missing", "409,taken", "429,slow down", "500,internal", "503,away"})
    void passesAServicesOwnAnswerOn(int status, String body) {
        stack.reputation.behave(FakeService.answer(status, "application/json", body));
        HttpMessage answer = stack.caller().get("/user/alice");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    @Test
    void cutsAnAnswerShortThatStopsHalfWay() throws IOException {
        stack.receipt.behave((request, socket) -> {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            FakeService.hang(request, socket);
        });
        try (Socket socket = stack.caller().open()) {
            socket.getOutputStream()
                    .write("GET /config HTTP/1.1\r\nHost: tracker.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(all).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhalf");
        }
    }

    @Test
    void waitsForASlowCallerWithoutBlamingTheService() throws Exception {
        try (Socket socket = stack.caller().open()) {
            var out = socket.getOutputStream();
            out.write("POST /report HTTP/1.1\r\nHost: tracker.test\r\nContent-Length: 4\r\n\r\nab"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000_000L);
            out.write("cd".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            HttpMessage answer = HttpMessage.read(new BufferedInputStream(socket.getInputStream()), true);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).endsWith("\n\nabcd");
        }
    }

    @Test
    void tellsBrowsersAndCachesWhatToDo() {
        HttpMessage answer = stack.caller().get("/stats");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("content-security-policy")).startsWith("default-src 'none'");
        assertThat(answer.header("server")).isEmpty();
    }

    private static void assertThatReceiptIsAway(HttpMessage answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("2");
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"error\":\"The receipt service cannot be reached; try again in 2 s\"}");
    }

    private static HttpMessage read(String answer) {
        try {
            return HttpMessage.read(
                    new java.io.ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1)), true);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
