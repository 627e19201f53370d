package io.pbts.gateway.limit;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections and closes the one too many: a full house must not become an empty memory. */
final class ConnectionLimit {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionLimit(int max) {
        this.max = max;
    }

    void count(Channel channel) {
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (open.incrementAndGet() > max) {
            var _ = channel.close();
        }
    }
}
