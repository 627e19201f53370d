package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HealthTest {
    private static final String INSTANCE = "ab".repeat(32);
    private Stack stack;

    @BeforeEach
    void start() throws IOException {
        stack = Stack.production("pbts.gateway.health.timeout=4s", "pbts.gateway.health.cache-for=1ms");
        for (FakeService service : new FakeService[] {stack.announce, stack.receipt, stack.contract}) {
            service.behave(FakeService.answer(200, "application/json", "{\"status\":\"UP\"}"));
        }
        stack.reputation.behave((request, socket) -> {
            boolean instance = request.startLine().startsWith("GET /internal/v1/instance ");
            String body = instance ? "{\"instance_id\":\"" + INSTANCE + "\"}" : "{\"status\":\"UP\"}";
            FakeService.write(socket, 200, "application/json", body);
        });
    }

    @AfterEach
    void stop() throws IOException {
        stack.close();
    }

    @Test
    void isHealthyWhenAllServicesAre() {
        HttpMessage answer = stack.caller().get("/health");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode body = json(answer);
        assertThat(body.get("status").asString()).isEqualTo("healthy");
        assertThat(body.get("instance_id").asString()).isEqualTo(INSTANCE);
        assertThat(body.get("signature_verification").asBoolean()).isTrue();
        assertThat(Instant.parse(body.get("timestamp").asString()))
                .isBetween(Instant.EPOCH.plus(Duration.ofDays(20_000)), Instant.parse("2100-01-01T00:00:00Z"));
        assertThat(body.get("services").propertyNames())
                .containsExactlyInAnyOrder("announce", "contract", "gateway", "receipt", "reputation");
        assertThat(body.get("services").values())
                .allSatisfy(state -> assertThat(state.asString()).isEqualTo("up"));
    }

    @Test
    void namesTheServiceThatIsIll() {
        stack.receipt.behave(FakeService.answer(503, "application/json", "{\"status\":\"DOWN\"}"));
        HttpMessage answer = stack.caller().get("/health");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(json(answer).get("status").asString()).isEqualTo("unhealthy");
        assertThat(json(answer).get("services").get("receipt").asString()).isEqualTo("down");
        assertThat(json(answer).get("services").get("announce").asString()).isEqualTo("up");
    }

    @Test
    void waitsForSilentServicesAtTheSameTimeAndNotForLong() throws IOException {
        stack.reputation.whileAway(() -> {
            HttpMessage before = stack.caller().get("/health");
            stack.announce.behave(FakeService::hang);
            stack.contract.behave(FakeService::hang);
            long begin = System.nanoTime();
            HttpMessage answer = askAnew(before);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(7_800));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(json(answer).get("instance_id").isNull()).isTrue();
            assertThat(json(answer).get("services").toString())
                    .isEqualTo("{\"announce\":\"unreachable\",\"contract\":\"unreachable\",\"gateway\":\"up\","
                            + "\"receipt\":\"up\",\"reputation\":\"unreachable\"}");
        });
    }

    @Test
    void remembersTheInstanceIdWhenReputationServiceIsAway() throws IOException {
        HttpMessage before = stack.caller().get("/health");
        stack.reputation.whileAway(() -> {
            HttpMessage answer = askAnew(before);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(json(answer).get("instance_id").asString()).isEqualTo(INSTANCE);
        });
    }

    @Test
    void asksTheServicesOnceForAllWhoAskTogether() throws IOException {
        stop();
        stack = Stack.production("pbts.gateway.health.cache-for=30s");
        var asked = new AtomicInteger();
        stack.announce.behave((request, socket) -> {
            asked.incrementAndGet();
            FakeService.write(socket, 200, "application/json", "{}");
        });
        for (int times = 0; times < 20; times++) {
            stack.caller().get("/health");
        }
        assertThat(asked).hasValue(1);
    }

    /** An answer is forgotten after a millisecond by a timer, which a busy machine serves late. */
    private HttpMessage askAnew(HttpMessage before) {
        while (true) {
            HttpMessage answer = stack.caller().get("/health");
            if (!json(answer).get("timestamp").equals(json(before).get("timestamp"))) {
                return answer;
            }
        }
    }

    private static JsonNode json(HttpMessage answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
