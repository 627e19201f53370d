package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final String[] FEW = {
        "pbts.gateway.rates.tracker.per-second=1", "pbts.gateway.rates.tracker.burst=3",
        "pbts.gateway.rates.sign-in.per-second=1", "pbts.gateway.rates.sign-in.burst=2",
        "pbts.gateway.rates.other.per-second=1", "pbts.gateway.rates.other.burst=3"
    };

    @Test
    void refusesAnAddressThatAsksTooOftenInTheWordsOfTheRoute() throws IOException {
        try (Stack stack = Stack.production(FEW)) {
            HttpMessage problem = last(4, () -> stack.caller().post("/api/v1/challenges", "{}"));
            assertThat(problem.status()).isEqualTo(429);
            assertThat(Integer.parseInt(problem.header("retry-after"))).isBetween(1, 2);
            assertThat(problem.body()).contains("\"code\":\"rate-limited\"");
            HttpMessage legacy = last(6, () -> stack.caller().get("/stats"));
            assertThat(legacy.status()).isEqualTo(429);
            assertThat(legacy.body())
                    .startsWith("{\"success\":false,\"error\":\"Too many requests from this address; try");
            HttpMessage announce = last(6, () -> stack.caller().get("/announce?x"));
            assertThat(announce.status()).isEqualTo(200);
            assertThat(announce.body())
                    .matches("d14:failure reason\\d+:Too many requests .*8:intervali60e8:retry ini1ee");
            assertThat(stack.caller("::1").get("/stats").status()).isEqualTo(200);
        }
    }

    @Test
    void refusesACredentialThatAsksTooOftenFromManyAddresses() throws IOException {
        try (Stack stack = Stack.production(with(FEW, "PBTS_TRUSTED_PROXIES=127.0.0.1"))) {
            var from = new AtomicInteger();
            HttpMessage flood = last(6, () -> stack.caller().get("/abc/announce?x", client(from.incrementAndGet())));
            assertThat(flood.body()).contains("Too many requests from this credential");
            assertThat(stack.caller().get("/announce/abc?x", client(50)).body()).contains("this credential");
            assertThat(stack.caller().get("/abd/announce?x", client(51)).body()).startsWith("GET /abd/");
            HttpMessage stats =
                    last(6, () -> stack.caller().get("/stats", client(from.incrementAndGet()), "X-PBTS-Passkey: k"));
            assertThat(stats.status()).isEqualTo(429);
        }
    }

    @Test
    void countsTheAddressesOfOneHouseholdAsOne() throws IOException {
        try (Stack stack = Stack.production(with(FEW, "PBTS_TRUSTED_PROXIES=127.0.0.1"))) {
            var from = new AtomicInteger(1);
            HttpMessage flood = last(
                    6, () -> stack.caller().get("/stats", "X-Forwarded-For: 2001:db8:0:1::" + from.incrementAndGet()));
            assertThat(flood.status()).isEqualTo(429);
            assertThat(stack.caller()
                            .get("/stats", "X-Forwarded-For: 2001:db8:0:2::1")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void countsWhatDoesNotExistAgainstTheAddressLikeEverythingElse() throws IOException {
        try (Stack stack = Stack.production(FEW)) {
            assertThat(stack.caller().get("/wp-login.php").status()).isEqualTo(404);
            HttpMessage scan = last(5, () -> stack.caller().get("/api/v1/nothing"));
            assertThat(scan.status()).isEqualTo(429);
            assertThat(Integer.parseInt(scan.header("retry-after"))).isBetween(1, 2);
            assertThat(scan.body()).contains("\"code\":\"rate-limited\"");
            assertThat(last(3, () -> stack.caller().send("PUT", "/stats", "")).status())
                    .isEqualTo(429);
            assertThat(last(2, () -> stack.caller().get("/stats")).status()).isEqualTo(429);
            assertThat(stack.caller().get("/announce?x").body()).startsWith("GET /announce");
            assertThat(stack.caller("::1").get("/wp-login.php").status()).isEqualTo(404);
        }
        try (Stack stack = Stack.local(FEW)) {
            assertThat(last(20, () -> stack.caller().get("/wp-login.php")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void canBeRaisedAsAWholeAndIsOffForThisMachineInProfileLocal() throws IOException {
        try (Stack stack = Stack.production(with(FEW, "PBTS_RATE_FACTOR=100"))) {
            assertThat(last(60, () -> stack.caller().get("/stats")).status()).isEqualTo(200);
        }
        try (Stack stack = Stack.local(FEW)) {
            assertThat(last(20, () -> stack.caller().post("/api/v1/sessions", "{}"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void doesNotStartWithARateThatIsNone() {
        assertThatThrownBy(() -> Stack.production("PBTS_RATE_FACTOR=0").close())
                .hasStackTraceContaining("PBTS_RATE_FACTOR");
        assertThatThrownBy(() -> Stack.production(
                                "pbts.gateway.rates.other.per-second=9", "pbts.gateway.rates.other.burst=1")
                        .close())
                .hasStackTraceContaining("a rate is");
    }

    @Test
    void shedsWhatIsTooMuchAtOnceWithoutWaiting() throws IOException {
        try (Stack stack = Stack.production("pbts.gateway.concurrency.tracker=2", "pbts.gateway.concurrency.other=2")) {
            stack.tracker.behave(FakeService::hang);
            stack.reputation.behave(FakeService::hang);
            List<Socket> held = new ArrayList<>();
            for (String target : List.of("/announce?x", "/announce?x", "/stats", "/stats")) {
                Socket socket = stack.caller().open();
                socket.getOutputStream()
                        .write(("GET " + target + " HTTP/1.1\r\nHost: t\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                held.add(socket);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> stack.caller().get("/favicon.ico").status() == 503);
            HttpMessage warm = stack.caller().get("/user/a");
            long begin = System.nanoTime();
            HttpMessage shed = stack.caller().get("/user/a");
            HttpMessage announce = stack.caller().get("/announce?x");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
            assertThat(warm.status()).isEqualTo(503);
            assertThat(shed.header("retry-after")).isEqualTo("2");
            assertThat(announce.body()).startsWith("d14:failure reason").contains("8:intervali60e");
            assertThat(stack.caller().post("/report", "{}").status()).isEqualTo(200);
            for (Socket socket : held) {
                socket.close();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> stack.caller().get("/favicon.ico").status() == 200);
        }
    }

    private static HttpMessage last(int times, java.util.function.Supplier<HttpMessage> ask) {
        HttpMessage answer = ask.get();
        for (int asked = 1; asked < times; asked++) {
            answer = ask.get();
        }
        return answer;
    }

    private static String client(int number) {
        return "X-Forwarded-For: 198.51.100." + number;
    }

    private static String[] with(String[] settings, String more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(more);
        return all.toArray(String[]::new);
    }
}
