package io.pbts.gateway.forward;

import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;

/**
 * Sends a request to its owner. The framework's own timeout runs while the caller still uploads and stops at the head of the
 * answer; this one begins when the request is out and holds for every part of the answer.
 */
final class BackendRouting extends NettyRoutingFilter {
    private final BackendProperties backends;

    BackendRouting(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> headers,
            HttpClientProperties properties,
            BackendProperties backends) {
        super(client, headers, properties);
        this.backends = backends;
    }

    @Override
    protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        Owner owner = PublicRoute.of(exchange).map(PublicRoute::owner).orElseThrow();
        return super.getHttpClient(route, exchange)
                .responseTimeout(backends.of(owner).timeout());
    }
}
