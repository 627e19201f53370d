package io.pbts.gateway.forward;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Joins the owner's address with the path and query as they are. Takes the place of the framework's filter, which takes a
 * query that is not strictly legal for one that was never encoded and encodes it again.
 */
final class ForwardTarget implements GlobalFilter, Ordered {
    private final BackendProperties backends;

    ForwardTarget(BackendProperties backends) {
        this.backends = backends;
    }

    @Override
    public int getOrder() {
        return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Owner owner = PublicRoute.of(exchange).map(PublicRoute::owner).orElseThrow();
        URI asked = exchange.getRequest().getURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        exchange.getAttributes()
                .put(GATEWAY_REQUEST_URL_ATTR, backends.of(owner).at(asked.getRawPath() + query));
        return chain.filter(exchange);
    }
}
