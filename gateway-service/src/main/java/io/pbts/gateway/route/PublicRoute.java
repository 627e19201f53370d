package io.pbts.gateway.route;

import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/** One line of the public surface: what may be asked, who answers, for whom it exists and which limit it falls under. */
public record PublicRoute(HttpMethod method, PathTemplate path, Owner owner, Exposure exposure, Traffic traffic) {
    private static final String ATTRIBUTE = PublicRoute.class.getName();

    static PublicRoute of(HttpMethod method, String path, Owner owner, Exposure exposure) {
        Traffic traffic = owner == Owner.TRACKER ? Traffic.TRACKER : Traffic.OTHER;
        return new PublicRoute(method, new PathTemplate(path), owner, exposure, traffic);
    }

    /** The same under another limit. */
    PublicRoute as(Traffic other) {
        return new PublicRoute(method, path, owner, exposure, other);
    }

    /** HEAD is GET without its body, except where a GET changes something: an announce does. */
    boolean answers(HttpMethod asked) {
        return method.equals(asked)
                || (HttpMethod.HEAD.equals(asked) && HttpMethod.GET.equals(method) && owner != Owner.TRACKER);
    }

    /** Remembers that this exchange was admitted to this route. */
    public void admit(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** The route to which an exchange was admitted; empty before that, and for whatever was refused. */
    public static Optional<PublicRoute> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }
}
