package io.pbts.gateway.access;

import io.pbts.gateway.route.Exposure;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import io.pbts.support.access.ServiceTokens;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Finds out who a request is from and vouches for it towards the route's owner, with a token that names the caller. On
 * tracker paths the passkey in the target is all there is: the token there says no more than that this is the gateway.
 */
final class Callers implements WebFilter, Ordered {
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 160;

    private final ServiceTokens tokens;
    private final ApiKeys apiKeys;
    private final Sessions sessions;
    private final Supplier<Optional<AdminKey>> adminKey;

    Callers(ServiceTokens tokens, ApiKeys apiKeys, Sessions sessions, Supplier<Optional<AdminKey>> adminKey) {
        this.tokens = tokens;
        this.apiKeys = apiKeys;
        this.sessions = sessions;
        this.adminKey = adminKey;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PublicRoute route = PublicRoute.of(exchange).orElseThrow();
        return switch (route.owner()) {
            case GATEWAY -> chain.filter(exchange);
            case TRACKER ->
                chain.filter(with(exchange, tokens.forService(route.owner().service())));
            default ->
                caller(route, exchange)
                        .map(caller -> tokens.forCaller(route.owner().service(), caller))
                        .flatMap(token -> chain.filter(with(exchange, token)));
        };
    }

    private Mono<Caller> caller(PublicRoute route, ServerWebExchange exchange) {
        Credentials shown = Credentials.of(exchange);
        InetAddress address = CallerAddress.of(exchange).address();
        if (shown.areSeveral()) {
            return refuse(400, "two-credentials", "Show one credential: a bearer token or a passkey, once");
        }
        if (route.exposure() == Exposure.ADMIN) {
            return operator(shown, address);
        }
        if (!shown.hasAuthorization()) {
            return Mono.just(new Caller.Anonymous(address));
        }
        return shown.bearer()
                .map(token -> bearer(token).map(bearer -> bearer.at(address)))
                .orElseGet(() -> refuse(401, "token-malformed", "Authorization is: Bearer, a blank, and the token"));
    }

    private Mono<Bearer> bearer(String token) {
        return token.startsWith(ApiKeys.PREFIX) ? apiKeys.resolve(token) : Mono.defer(() -> sessions.verify(token));
    }

    private Mono<Caller> operator(Credentials shown, InetAddress address) {
        if (!shown.hasAuthorization()) {
            return refuse(401, "credentials-missing", "This needs the admin key (Authorization: Bearer)");
        }
        boolean opened = shown.bearer()
                .flatMap(candidate -> adminKey.get().filter(key -> key.opens(candidate)))
                .isPresent();
        return opened
                ? Mono.just(new Caller.Admin(address))
                : refuse(401, "admin-key-wrong", "That is not the admin key");
    }

    private static <T> Mono<T> refuse(int status, String code, String sentence) {
        return Mono.error(() -> new Refusal(status, code, sentence));
    }

    private static ServerWebExchange with(ServerWebExchange exchange, String token) {
        ServerHttpRequest vouched = exchange.getRequest()
                .mutate()
                .header(ServiceTokens.HEADER, token)
                .build();
        return exchange.mutate().request(vouched).build();
    }
}
