package io.pbts.gateway.admin;

import io.pbts.gateway.listener.SideListener;
import io.pbts.gateway.route.Entrance;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.http.server.reactive.HttpHandler;

/** The same handler as at the public port, told that a request came by this one. */
public final class AdminListener extends SideListener {

    AdminListener(NettyReactiveWebServerFactory factory, HttpHandler handler) {
        super(() ->
                factory.getWebServer((request, response) -> handler.handle(Entrance.byAdminDoor(request), response)));
    }
}
