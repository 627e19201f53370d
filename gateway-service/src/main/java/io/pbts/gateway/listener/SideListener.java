package io.pbts.gateway.listener;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.SmartLifecycle;

/** A server that listens at a port of its own while the application runs. */
public abstract class SideListener implements SmartLifecycle {
    private final Supplier<WebServer> opening;
    private @Nullable WebServer server;

    /** @param opening makes the server that will listen */
    protected SideListener(Supplier<WebServer> opening) {
        this.opening = opening;
    }

    @Override
    public final synchronized void start() {
        WebServer starting = opening.get();
        starting.start();
        server = starting;
    }

    @Override
    public final synchronized void stop() {
        WebServer running = server;
        if (running != null) {
            running.stop();
            server = null;
        }
    }

    @Override
    public final synchronized boolean isRunning() {
        return server != null;
    }

    /** The port that it listens on; throws when it does not. */
    public final synchronized int port() {
        WebServer running = server;
        if (running == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " does not run");
        }
        return running.getPort();
    }
}
