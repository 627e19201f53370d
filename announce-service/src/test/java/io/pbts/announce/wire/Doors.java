package io.pbts.announce.wire;

import java.net.InetSocketAddress;
import org.springframework.context.ApplicationContext;

/** Where a running tracker listens. */
public final class Doors {
    private Doors() {}

    public static InetSocketAddress direct(ApplicationContext tracker) {
        return tracker.getBean(TrackerListeners.class)
                .addressesOf(Door.Kind.DIRECT)
                .getFirst();
    }

    public static InetSocketAddress internal(ApplicationContext tracker) {
        return tracker.getBean(TrackerListeners.class)
                .addressesOf(Door.Kind.INTERNAL)
                .getFirst();
    }
}
