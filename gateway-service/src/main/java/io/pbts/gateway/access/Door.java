package io.pbts.gateway.access;

import io.pbts.gateway.route.Entrance;
import io.pbts.gateway.route.Exposure;
import io.pbts.gateway.route.Lookup;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.route.RouteTable;
import io.pbts.support.Refusal;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Admits a request to its route, with clean headers, or refuses it. Nothing behind it sees a request without a route. */
final class Door implements WebFilter, Ordered {
    private final RouteTable routes;
    private final RouteTable adminRoutes = RouteTable.forAdmin();
    private final TrustedProxies proxies;

    Door(RouteTable routes, TrustedProxies proxies) {
        this.routes = routes;
        this.proxies = proxies;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        CallerAddress caller = addressOf(request);
        caller.remember(exchange);
        if (isPreflight(request)) {
            return refuse(403, "cors-closed", "No other site may call this one from a browser");
        }
        boolean admin = Entrance.of(request) == Entrance.ADMIN;
        RouteTable table = admin ? adminRoutes : routes;
        return switch (table.lookup(request.getMethod(), request.getURI().getRawPath())) {
            case Lookup.Found(PublicRoute route) -> admit(route, caller, exchange, chain);
            case Lookup.WrongMethod(var allowed) ->
                Mono.error(new MethodNotAllowedException(request.getMethod(), allowed));
            case Lookup.Unknown() -> refuse(404, "not-found", "No such route; GET /docs lists those there are");
        };
    }

    private Mono<Void> admit(
            PublicRoute route, CallerAddress caller, ServerWebExchange exchange, WebFilterChain chain) {
        if (routes.isLocal() && needsLoopback(route) && !caller.isLoopback()) {
            return refuse(403, "loopback-only", "In profile local only this machine itself may do that");
        }
        Credentials shown = Credentials.of(exchange.getRequest().getHeaders());
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
        shown.remember(admitted);
        return chain.filter(admitted);
    }

    /** The operator's listener stands behind no proxy. */
    private CallerAddress addressOf(ServerHttpRequest request) {
        return Entrance.of(request) == Entrance.ADMIN
                ? CallerAddress.direct(CallerAddress.ofSocket(request.getRemoteAddress()))
                : proxies.callerOf(request.getRemoteAddress(), request.getHeaders());
    }

    private static boolean needsLoopback(PublicRoute route) {
        return route.exposure() == Exposure.LOCAL_ONLY || route.exposure() == Exposure.LOOPBACK_IN_LOCAL;
    }

    /** A browser's question whether a page of another site may ask (Fetch standard, 4.8). */
    private static boolean isPreflight(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static Mono<Void> refuse(int status, String code, String sentence) {
        return Mono.error(() -> new Refusal(status, code, sentence));
    }
}
