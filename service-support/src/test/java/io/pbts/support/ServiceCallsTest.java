package io.pbts.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

class ServiceCallsTest {
    interface Facts {
        @GetExchange("/fact")
        Fact fact();

        @PostExchange("/fact")
        Fact change();

        @RepeatableRead
        @PostExchange("/fact")
        Fact resolve(@RequestBody Question question);
    }

    record Fact(String longName) {}

    record Question(String about) {}

    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Facts facts;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/fact", exchange -> {
            asked.incrementAndGet();
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-PBTS-Service-Token")));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = statuses.size() > 1 ? statuses.pop() : statuses.peek();
            byte[] body = "{\"long_name\":\"here\",\"later\":1}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var properties = new CallProperties(Duration.ofSeconds(5), Duration.ofSeconds(10), 2, Duration.ofMinutes(1));
        facts = new ServiceCalls(
                        properties,
                        (service, headers) -> headers.set("X-PBTS-Service-Token", "for " + service),
                        ObservationRegistry.NOOP)
                .client(
                        Facts.class,
                        "fact-service",
                        URI.create("http://localhost:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aReadIsTriedAgainAndItsNamesAreSnakeCase() {
        statuses.addAll(List.of(503, 200));
        assertThat(facts.fact().longName()).isEqualTo("here");
        assertThat(asked).hasValue(2);
    }

    @Test
    void everyAttemptShowsWhoAsks() {
        statuses.addAll(List.of(503, 200));
        facts.fact();
        assertThat(shown).containsExactly("for fact-service", "for fact-service");
    }

    @Test
    void aWriteIsNeverRepeated() {
        statuses.add(503);
        assertThatExceptionOfType(FactUnavailable.class).isThrownBy(facts::change);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aPostThatOnlyAsksIsTriedAgainWithItsWholeBody() {
        statuses.addAll(List.of(503, 200));
        assertThat(facts.resolve(new Question("it")).longName()).isEqualTo("here");
        assertThat(bodies).hasSize(2).containsOnly("{\"about\":\"it\"}");
    }

    @Test
    void aPostThatOnlyAsksIsGivenUpAfterTheLastAttempt() {
        statuses.add(503);
        assertThatExceptionOfType(FactUnavailable.class).isThrownBy(() -> facts.resolve(new Question("it")));
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRefusalOfTheOtherSideIsNotAnOutage() {
        statuses.add(404);
        assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(facts::fact);
        assertThat(asked).hasValue(1);
    }

    @Test
    void nobodyThereIsAFactThatCannotBeHad() {
        server.stop(0);
        assertThatExceptionOfType(FactUnavailable.class)
                .isThrownBy(facts::fact)
                .satisfies(missing -> assertThat(missing.owner()).isEqualTo("fact-service"));
    }

    @Test
    void aServiceThatKeepsFailingIsLeftAlone() {
        statuses.add(500);
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(FactUnavailable.class).isThrownBy(facts::fact);
        }
        assertThat(asked.get()).isBetween(10, 11);
    }
}
