package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.SessionToken;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token that is right in itself opens nothing once reputation-service says that its session has ended. */
class SessionCheckTest {
    private static final String INSTANCE = "ab".repeat(32);
    private static final AtomicInteger SESSIONS = new AtomicInteger();
    private static Stack stack;

    private final String session = "%032x".formatted(SESSIONS.incrementAndGet());
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile String body = "{\"account_id\":17}";
    private volatile CountDownLatch answers = new CountDownLatch(0);

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production("pbts.gateway.access.remember-for=1s", "pbts.gateway.access.ask-timeout=15s");
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @BeforeEach
    void listen() {
        stack.receipt.behave(FakeService::echo);
        stack.reputation.behave((request, socket) -> {
            if (request.startLine().startsWith("GET /internal/v1/instance ")) {
                FakeService.write(socket, 200, "application/json", "{\"instance_id\":\"" + INSTANCE + "\"}");
            } else if (request.startLine().equals("GET /internal/v1/sessions/" + session + " HTTP/1.1")) {
                asked.incrementAndGet();
                assertThat(request.header("x-pbts-service-token")).isNotEmpty();
                assertThat(answers.await(10, TimeUnit.SECONDS)).isTrue();
                FakeService.write(socket, status, "application/json", body);
            } else {
                FakeService.write(socket, 500, "application/json", "{}");
            }
        });
    }

    private HttpMessage report() {
        String token = SessionToken.of(INSTANCE).with("sid", session).text();
        return stack.caller().post("/report", "{}", "Authorization: Bearer " + token);
    }

    private void awaitStatus(int expected) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(report().status())
                .isEqualTo(expected));
    }

    @Test
    void aSessionThatEndsIsRefusedOnceItsAnswerIsForgotten() {
        assertThat(report().status()).isEqualTo(200);
        status = 404;
        awaitStatus(401);
        HttpMessage refused = report();
        assertThat(refused.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(refused.body()).contains("The session has ended");
        String token = SessionToken.of(INSTANCE).with("sid", session).text();
        HttpMessage problem = stack.caller().post("/api/v1/torrents", "{}", "Authorization: Bearer " + token);
        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.body()).contains("\"code\":\"session-ended\"");
    }

    @Test
    void anotherAccountsSessionIsNoneOfTheTokens() {
        body = "{\"account_id\":18}";
        assertThat(report().status()).isEqualTo(401);
    }

    @Test
    void ofManyWhoShowOneSessionOneAsks() throws Exception {
        answers = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpMessage>> reports = new ArrayList<>();
            for (int caller = 0; caller < 20; caller++) {
                reports.add(callers.submit(this::report));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .during(Duration.ofMillis(500))
                    .until(() -> asked.get() == 1);
            answers.countDown();
            for (Future<HttpMessage> report : reports) {
                assertThat(report.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingIsDecidedWhileNobodyCanSayWhetherASessionIsOpen() throws IOException {
        assertThat(report().status()).isEqualTo(200);
        stack.reputation.whileAway(() -> {
            awaitStatus(503);
            HttpMessage refused = report();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("2");
        });
        awaitStatus(200);
    }

    @Test
    void anAnswerThatSaysNothingDecidesNothingEither() {
        for (String nothing : List.of("", "{}", "[]", "nonsense")) {
            body = nothing;
            assertThat(report().status()).as(nothing).isEqualTo(503);
        }
        status = 500;
        assertThat(report().status()).isEqualTo(503);
        status = 200;
        body = "{\"account_id\":17}";
        awaitStatus(200);
    }
}
