package io.pbts.gateway.forward;

import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import java.io.IOException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Makes a 5xx of the tracker a failure of the hop, before its head is written: no BitTorrent client reads its body. */
final class TrackerAnswers implements GlobalFilter, Ordered {

    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        boolean tracker = PublicRoute.of(exchange).map(PublicRoute::owner).orElseThrow() == Owner.TRACKER;
        return tracker
                ? chain.filter(exchange).then(Mono.defer(() -> refuseServerError(exchange)))
                : chain.filter(exchange);
    }

    private static Mono<Void> refuseServerError(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status != null && status.is5xxServerError()
                ? Mono.error(new IOException("the tracker answered " + status.value()))
                : Mono.empty();
    }
}
