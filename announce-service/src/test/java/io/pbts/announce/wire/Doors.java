package io.pbts.announce.wire;

import java.net.InetSocketAddress;
import org.springframework.context.ApplicationContext;

/** Where a running tracker listens. */
public final class Doors {
    private Doors() {}

    public static InetSocketAddress direct(ApplicationContext tracker) {
        return first(tracker, Door.Kind.DIRECT);
    }

    public static InetSocketAddress tls(ApplicationContext tracker) {
        return first(tracker, Door.Kind.TLS);
    }

    public static InetSocketAddress internal(ApplicationContext tracker) {
        return first(tracker, Door.Kind.INTERNAL);
    }

    private static InetSocketAddress first(ApplicationContext tracker, Door.Kind kind) {
        return tracker.getBean(TrackerListeners.class).addressesOf(kind).getFirst();
    }
}
