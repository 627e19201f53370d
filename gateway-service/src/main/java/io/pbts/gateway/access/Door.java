package io.pbts.gateway.access;

import io.pbts.gateway.route.Exposure;
import io.pbts.gateway.route.Lookup;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.route.RouteTable;
import io.pbts.support.Refusal;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Admits a request to its route, with clean headers, or refuses it. Nothing behind it sees a request without a route. */
final class Door implements WebFilter, Ordered {
    private final RouteTable routes;

    Door(RouteTable routes) {
        this.routes = routes;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        return switch (routes.lookup(request.getMethod(), request.getURI().getRawPath())) {
            case Lookup.Found(PublicRoute route) -> admit(route, exchange, chain);
            case Lookup.WrongMethod(var allowed) ->
                Mono.error(new MethodNotAllowedException(request.getMethod(), allowed));
            case Lookup.Unknown() ->
                Mono.error(new Refusal(404, "not-found", "No such route; GET /docs lists those there are"));
        };
    }

    private Mono<Void> admit(PublicRoute route, ServerWebExchange exchange, WebFilterChain chain) {
        CallerAddress caller = CallerAddress.of(exchange.getRequest().getRemoteAddress());
        if (routes.isLocal() && route.exposure() != Exposure.PUBLIC && !caller.isLoopback()) {
            return Mono.error(
                    new Refusal(403, "loopback-only", "In profile local only this machine itself may do that"));
        }
        ServerHttpRequest clean = exchange.getRequest()
                .mutate()
                .headers(headers -> {
                    ClientHeaders.clean(headers);
                    if (route.owner() == Owner.TRACKER) {
                        headers.set(ClientHeaders.CLIENT_ADDRESS, caller.text());
                    }
                })
                .build();
        ServerWebExchange admitted = exchange.mutate().request(clean).build();
        route.admit(admitted);
        return chain.filter(admitted);
    }
}
