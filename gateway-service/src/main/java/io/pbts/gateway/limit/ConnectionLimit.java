package io.pbts.gateway.limit;

import io.netty.channel.Channel;
import io.pbts.gateway.access.CallerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Counts open connections and closes the one too many, of all callers or of one: a full house must not become an empty
 * memory, and nobody alone fills the house.
 */
final class ConnectionLimit {
    private final int max;
    private final int maxPerAddress;
    private final Predicate<InetAddress> isManyCallers;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> openByNetwork = new ConcurrentHashMap<>();

    /** Behind some addresses stand many callers, such as a proxy's: they are counted only among all. */
    ConnectionLimit(int max, int maxPerAddress, Predicate<InetAddress> isManyCallers) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.isManyCallers = isManyCallers;
    }

    void count(Channel channel) {
        boolean full = open.incrementAndGet() > max;
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (full || isTooManyOfOne(channel)) {
            var _ = channel.close();
        }
    }

    private boolean isTooManyOfOne(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            return false;
        }
        InetAddress address = CallerAddress.ofSocket(remote);
        if (isManyCallers.test(address)) {
            return false;
        }
        String network = CallerAddress.networkOf(address);
        int theirs = openByNetwork.merge(network, 1, Integer::sum);
        channel.closeFuture()
                .addListener(closed ->
                        openByNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1));
        return theirs > maxPerAddress;
    }
}
