package io.pbts.gateway.limit;

import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.route.Traffic;
import io.pbts.support.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Sheds what is too much at once instead of queueing it: an answer that comes too late helps nobody (SRE book, ch. 21). */
final class Overload implements WebFilter, Ordered {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Map<Traffic, Semaphore> room = new EnumMap<>(Traffic.class);

    Overload(ConcurrencyProperties limits) {
        for (Traffic traffic : Traffic.values()) {
            room.put(traffic, new Semaphore(limits.of(traffic)));
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 140;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Traffic traffic = PublicRoute.of(exchange).orElseThrow().traffic();
        Semaphore free = Objects.requireNonNull(room.get(traffic));
        return Mono.defer(() ->
                free.tryAcquire() ? chain.filter(exchange).doFinally(ended -> free.release()) : Mono.error(busy()));
    }

    private static Refusal busy() {
        String sentence = "Too much to do just now; try again in %d s".formatted(RETRY.toSeconds());
        return new Refusal(503, "overloaded", sentence, RETRY, null);
    }
}
