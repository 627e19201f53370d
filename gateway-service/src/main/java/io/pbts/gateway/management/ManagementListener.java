package io.pbts.gateway.management;

import io.pbts.gateway.listener.SideListener;
import java.util.function.Supplier;
import org.springframework.boot.web.server.WebServer;

/** Opens first and closes last, so that it can say that the gateway takes no more requests. */
public final class ManagementListener extends SideListener {

    ManagementListener(Supplier<WebServer> opening) {
        super(opening);
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
