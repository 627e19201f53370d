package io.pbts.gateway.management;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts answers by who owns the route and how it ended; never by path, caller or credential. */
final class Requests implements WebFilter, Ordered {
    private static final String NO_ROUTE = "none";

    private final Map<String, Map<Outcome, Counter>> counters = new HashMap<>();

    Requests(MeterRegistry registry) {
        add(registry, NO_ROUTE);
        for (Owner owner : Owner.values()) {
            add(registry, owner.label());
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> count(exchange)));
        return chain.filter(exchange);
    }

    private void count(ServerWebExchange exchange) {
        String owner =
                PublicRoute.of(exchange).map(route -> route.owner().label()).orElse(NO_ROUTE);
        Optional<HttpStatusCode> status =
                Optional.ofNullable(exchange.getResponse().getStatusCode());
        Objects.requireNonNull(Objects.requireNonNull(counters.get(owner)).get(Outcome.of(status)))
                .increment();
    }

    private void add(MeterRegistry registry, String owner) {
        var byOutcome = new EnumMap<Outcome, Counter>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            byOutcome.put(
                    outcome,
                    Counter.builder("pbts.gateway.requests")
                            .description("answers, by the service that owns the route")
                            .tag("owner", owner)
                            .tag("outcome", outcome.label())
                            .register(registry));
        }
        counters.put(owner, byOutcome);
    }
}
