package io.pbts.gateway.admin;

import io.pbts.gateway.route.Entrance;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;

/** The same handler as at the public port, told that a request came by this one. */
public final class AdminListener implements SmartLifecycle {
    private final NettyReactiveWebServerFactory factory;
    private final HttpHandler handler;
    private @Nullable WebServer server;

    AdminListener(NettyReactiveWebServerFactory factory, HttpHandler handler) {
        this.factory = factory;
        this.handler = (request, response) -> handler.handle(Entrance.byAdminDoor(request), response);
    }

    @Override
    public synchronized void start() {
        WebServer starting = factory.getWebServer(handler);
        starting.start();
        server = starting;
    }

    @Override
    public synchronized void stop() {
        WebServer running = server;
        if (running != null) {
            running.stop();
            server = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** The port that it listens on; throws when it does not. */
    public synchronized int port() {
        WebServer running = server;
        if (running == null) {
            throw new IllegalStateException("the admin listener does not run");
        }
        return running.getPort();
    }
}
