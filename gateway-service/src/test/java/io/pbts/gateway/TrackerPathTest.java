package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class TrackerPathTest {
    private static final String PASSKEY = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String AWAY = "d14:failure reason32:Tracker is restarting, try again8:intervali60ee";
    private static final List<IntFunction<String>> WRITINGS =
            List.of("%%%02x"::formatted, "%%%02X"::formatted, TrackerPathTest::rawWhereItMayBe);
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production("pbts.gateway.backends.tracker.timeout=1500ms");
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @BeforeEach
    void listen() {
        stack.tracker.behave(FakeService::echo);
    }

    /** libtorrent writes an IPv6 address without its brackets. */
    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::7", "2001:db8::7:8000", "2001:db8:0:0:0:0:0:7:8000"})
    void takesAHostWithoutTheBracketsOfItsAddress(String host) {
        String target = "/" + PASSKEY + "/announce?info_hash=%12";
        HttpMessage answer =
                stack.caller().raw("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(answer.body()).startsWith("GET " + target + " HTTP/1.1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/announce",
                "/announce?",
                "/announce?a=b=c",
                "/announce?&&a&&=x&",
                "/announce?info_hash=[1]&x=%5b",
                "/announce?info_hash=\"<>^`{|}\\#~",
                "/announce?info_hash=%zz%1%",
                "/announce?info_hash=%12%ab%AB+%20",
                "/announce?a?b/c:d@e!$'()*,;",
                "/scrape?info_hash=%01&info_hash=%02",
                "/" + PASSKEY + "/announce?x=[",
                "/" + PASSKEY + "/scrape?",
                "/announce/" + PASSKEY + "?a=b=c",
                "/scrape/" + PASSKEY,
                "/un\"usual/announce?ok"
            })
    void passesTheTargetOnUntouched(String target) {
        assertThat(stack.caller().get(target).body()).startsWith("GET " + target + " HTTP/1.1\n");
    }

    @Test
    void passesEveryEscapeOnInBothSpellings() {
        String lower = "/announce?info_hash=" + every(at -> "%%%02x".formatted(at));
        String upper = "/announce?info_hash=" + every(at -> "%%%02X".formatted(at));
        assertThat(stack.caller().get(lower).body()).startsWith("GET " + lower + " HTTP/1.1\n");
        assertThat(stack.caller().get(upper).body()).startsWith("GET " + upper + " HTTP/1.1\n");
    }

    /**
     * Info hashes that have, all together, each of the 256 byte values at each of the 20 places; escaped in either case, and
     * raw where RFC 3986 3.4 lets a client do so.
     */
    @Test
    void passesEveryByteAtEveryPlaceOfAnInfoHashOnAsItWasWritten() throws IOException {
        try (Socket socket = stack.caller().open()) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (int first = 0; first < 256; first += 8) {
                String target = "/" + PASSKEY + "/scrape?info_hash="
                        + IntStream.range(first, first + 8)
                                .boxed()
                                .flatMap(hash -> WRITINGS.stream().map(writing -> written(hash, writing)))
                                .collect(joining("&info_hash="));
                String request = "GET " + target + " HTTP/1.1\r\nHost: tracker.test\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(US_ASCII));
                assertThat(HttpMessage.read(in, true).body()).startsWith("GET " + target + " HTTP/1.1\n");
            }
        }
    }

    private static String written(int first, IntFunction<String> writing) {
        return IntStream.range(0, 20).map(infoHash(first)).mapToObj(writing).collect(joining());
    }

    private static IntUnaryOperator infoHash(int first) {
        return place -> (first + place * 13) & 0xff;
    }

    private static String rawWhereItMayBe(int value) {
        boolean letterOrDigit = value < 0x80 && Character.isLetterOrDigit(value);
        return letterOrDigit || "-._~!$'()*,;:@/?".indexOf(value) >= 0
                ? String.valueOf((char) value)
                : "%%%02X".formatted(value);
    }

    @Test
    void escapesRawHighBytesAndLeavesTheRestAlone() {
        String body = stack.caller().get("/announce?info_hash=\u0080\u00ff[%ab").body();
        assertThat(body).startsWith("GET /announce?info_hash=%80%FF%5B%ab HTTP/1.1\n");
    }

    @Test
    void reducesAbsoluteFormToThePath() {
        assertThat(stack.caller().get("http://tracker.test/announce?a=[").body())
                .startsWith("GET /announce?a=[ HTTP/1.1\n");
    }

    @Test
    void takesARequestLineOf16KiB() {
        String target = "/scrape?" + "info_hash=%aa&".repeat(1_160);
        assertThat(target).hasSizeGreaterThan(16_200);
        assertThat(stack.caller().get(target).body()).startsWith("GET " + target + " HTTP/1.1\n");
        assertThat(stack.caller().get(target + "x".repeat(300)).status()).isEqualTo(414);
    }

    @Test
    void keepsItsHeaderForItself() {
        HttpMessage answer = stack.caller().get("/announce?real=1", "X-PBTS-Sent-Target: /announce?forged=1");
        assertThat(answer.body())
                .startsWith("GET /announce?real=1 HTTP/1.1\n")
                .doesNotContainIgnoringCase("sent-target");
        stack.reputation.behave(FakeService::echo);
        HttpMessage other = stack.caller().get("/stats", "X-PBTS-Sent-Target: /internal/v1/policy");
        assertThat(other.body()).startsWith("GET /stats HTTP/1.1\n").doesNotContainIgnoringCase("sent-target");
    }

    @Test
    void leavesTheTrackersAnswerAsItIs() {
        stack.tracker.behave(FakeService.answer(200, "text/plain", "d8:intervali1800ee"));
        HttpMessage answer = stack.caller().get("/announce?x");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("d8:intervali1800ee");
        assertThat(answer.header("content-type")).isEqualTo("text/plain");
        assertThat(answer.header("x-frame-options")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599})
    void turnsAServerErrorOfTheTrackerIntoAFailureThatClientsRead(int status) {
        stack.tracker.behave(FakeService.answer(status, "text/html", "<h1>no</h1>"));
        assertThatFailureIsReadable(stack.caller().get("/announce?x"));
    }

    @Test
    void turnsSilenceIntoAFailureThatClientsRead() {
        stack.tracker.behave(FakeService::hang);
        long begin = System.nanoTime();
        assertThatFailureIsReadable(stack.caller().get("/" + PASSKEY + "/announce?x"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(10));
    }

    @Test
    void turnsAResetIntoAFailureThatClientsRead() {
        stack.tracker.behave(FakeService::reset);
        assertThatFailureIsReadable(stack.caller().get("/scrape?x"));
    }

    @Test
    void turnsAnAnswerThatIsNotHttpIntoAFailureThatClientsRead() {
        stack.tracker.behave((request, socket) -> {
            socket.getOutputStream()
                    .write("d8:intervali1800ee\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            socket.close();
        });
        assertThatFailureIsReadable(stack.caller().get("/announce?x"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anAnswerThatIsBrokenOffPutsNoPasskeyIntoTheLog(CapturedOutput log) {
        String passkey = "5szxnkue2vdend2porqmr5gqkebpa23n";
        stack.tracker.behave(FakeService::breakOff);
        assertThatFailureIsReadable(stack.caller().get("/" + passkey + "/announce?x"));
        assertThat(log.getAll()).doesNotContain(passkey);
    }

    @Test
    void turnsARefusedConnectionIntoAFailureThatClientsRead() throws IOException {
        stack.tracker.whileAway(() -> assertThatFailureIsReadable(stack.caller().get("/announce?x")));
        assertThat(stack.caller().get("/announce?x").body()).startsWith("GET /announce?x HTTP/1.1\n");
    }

    @Test
    void recoversAsSoonAsTheTrackerDoes() {
        stack.tracker.behave(FakeService::reset);
        stack.caller().get("/announce?x");
        stack.tracker.behave(FakeService.answer(200, "text/plain", "de"));
        assertThat(stack.caller().get("/announce?x").body()).isEqualTo("de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/y/announce", "/announce/../announce", "/announce/x/y", "//announce", "/announce/"})
    void knowsNoPathThatOnlyLooksLikeTheTrackers(String target) {
        HttpMessage answer = stack.caller().get(target);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
    }

    private static void assertThatFailureIsReadable(HttpMessage answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/plain");
        assertThat(answer.body()).isEqualTo(AWAY);
    }

    private static String every(IntFunction<String> spelled) {
        return IntStream.range(0, 256).mapToObj(spelled).collect(joining());
    }
}
