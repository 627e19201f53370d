package io.pbts.gateway.route;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** The gateway's two doors: what has no route at one of them does not exist there. */
public enum Entrance {
    PUBLIC,
    /** The operator's own listener. */
    ADMIN;

    /** The request, as one that came by the admin door; its type says so, which nothing in a request can forge. */
    public static ServerHttpRequest byAdminDoor(ServerHttpRequest request) {
        return new Operators(request);
    }

    /** By which door a request came, as long as nobody has replaced it by another. */
    public static Entrance of(ServerHttpRequest request) {
        return request instanceof Operators ? ADMIN : PUBLIC;
    }

    private static final class Operators extends ServerHttpRequestDecorator {
        Operators(ServerHttpRequest request) {
            super(request);
        }
    }
}
