package io.pbts.gateway.limit;

import io.pbts.gateway.access.CallerAddress;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.route.Traffic;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Counts what the door turns away, such as paths that do not exist: who tries them all takes from the same bucket as who
 * asks for what there is.
 */
final class StrayLimit implements WebFilter, Ordered {
    private final Buckets buckets;
    private final boolean local;

    StrayLimit(Buckets buckets, boolean local) {
        this.buckets = buckets;
        this.local = local;
    }

    /** Around the door. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 90;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .onErrorMap(refused -> PublicRoute.of(exchange).isEmpty(), refused -> counted(exchange, refused));
    }

    private Throwable counted(ServerWebExchange exchange, Throwable refused) {
        CallerAddress address = CallerAddress.of(exchange);
        if (local && address.isLoopback()) {
            return refused;
        }
        return buckets.take(Traffic.OTHER, address.network())
                .<Throwable>map(wait -> RateLimit.refusal("address", wait))
                .orElse(refused);
    }
}
