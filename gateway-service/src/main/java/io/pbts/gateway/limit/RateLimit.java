package io.pbts.gateway.limit;

import io.pbts.gateway.access.CallerAddress;
import io.pbts.gateway.access.Credentials;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.route.Traffic;
import io.pbts.support.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * So often and no oftener, per address and per credential. Before any credential is checked: guessing is what the limit is
 * there for. In profile {@code local} this machine itself may ask as often as it likes.
 */
final class RateLimit implements WebFilter, Ordered {
    private final Buckets buckets;
    private final boolean local;

    RateLimit(Buckets buckets, boolean local) {
        this.buckets = buckets;
        this.local = local;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 120;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        CallerAddress address = CallerAddress.of(exchange);
        if (local && address.isLoopback()) {
            return chain.filter(exchange);
        }
        PublicRoute route = PublicRoute.of(exchange).orElseThrow();
        Traffic traffic = route.traffic();
        return buckets.take(traffic, address.network())
                .map(wait -> refusal("address", wait))
                .or(() -> credential(route, exchange)
                        .flatMap(shown -> buckets.take(traffic, shown))
                        .map(wait -> refusal("credential", wait)))
                .<Mono<Void>>map(Mono::error)
                .orElseGet(() -> chain.filter(exchange));
    }

    /** On tracker paths the passkey in the path, where it stands in one of the two forms. */
    private static Optional<String> credential(PublicRoute route, ServerWebExchange exchange) {
        if (route.traffic() == Traffic.TRACKER && !route.path().isFixed()) {
            String[] segments = exchange.getRequest().getURI().getRawPath().split("/", 4);
            boolean first = route.path().text().startsWith("/{");
            return Optional.of(Credentials.fingerprint(segments[first ? 1 : 2]));
        }
        return Credentials.of(exchange).fingerprint();
    }

    static Refusal refusal(String whose, Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        String sentence = "Too many requests from this %s; try again in %d s".formatted(whose, seconds);
        return new Refusal(429, "rate-limited", sentence, Duration.ofSeconds(seconds), null);
    }
}
