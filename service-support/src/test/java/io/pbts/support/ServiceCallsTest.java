package io.pbts.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

class ServiceCallsTest {
    interface Facts {
        @GetExchange("/fact")
        Fact fact();

        @PostExchange("/fact")
        Fact ask();
    }

    record Fact(String longName) {}

    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private Facts facts;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/fact", exchange -> {
            asked.incrementAndGet();
            int status = statuses.size() > 1 ? statuses.pop() : statuses.peek();
            byte[] body = "{\"long_name\":\"here\",\"later\":1}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var properties = new CallProperties(Duration.ofMillis(500), Duration.ofSeconds(1), 2, Duration.ofMinutes(1));
        facts = new ServiceCalls(properties)
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
    void aWriteIsNeverRepeated() {
        statuses.add(503);
        assertThatExceptionOfType(FactUnavailable.class).isThrownBy(facts::ask);
        assertThat(asked).hasValue(1);
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
