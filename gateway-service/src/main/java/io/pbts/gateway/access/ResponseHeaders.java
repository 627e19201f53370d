package io.pbts.gateway.access;

import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What every answer says to browsers and caches, whoever wrote it. Answers of the tracker stay bare: no browser reads them and
 * each byte is sent a thousand times a second.
 */
final class ResponseHeaders implements WebFilter, Ordered {
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> complete(exchange)));
        return chain.filter(exchange);
    }

    private static void complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.remove(HttpHeaders.SERVER);
        closeToOtherSites(headers);
        boolean tracker = PublicRoute.of(exchange)
                .filter(route -> route.owner() == Owner.TRACKER)
                .isPresent();
        if (tracker) {
            return;
        }
        if (HttpStatus.UNAUTHORIZED.equals(exchange.getResponse().getStatusCode())) {
            setIfAbsent(headers, HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        setIfAbsent(headers, "Content-Security-Policy", NOTHING);
        setIfAbsent(headers, HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Whatever a service may say: no page of another site reads an answer of this one (Fetch standard, 3.3). */
    private static void closeToOtherSites(HttpHeaders headers) {
        headers.headerNames().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"))
                .toList()
                .forEach(headers::remove);
    }

    private static void setIfAbsent(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }
}
