package io.pbts.announce.wire;

import io.netty.util.concurrent.FastThreadLocal;
import io.pbts.announce.tracker.Exchange;
import io.pbts.announce.tracker.Tracker;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One of the two ways in: what all its connections share. */
final class Door {

    /** Who may come in. */
    enum Kind {
        /** Anybody; a peer is where its packets come from. */
        DIRECT,
        /** The gateway, which says in a header for whom it asks. */
        INTERNAL
    }

    private final Kind kind;
    private final Tracker tracker;
    private final WireProperties properties;
    private final AtomicInteger connections;
    private final SecureRandom random;
    private final FastThreadLocal<Desk> desks = new FastThreadLocal<>() {
        @Override
        protected Desk initialValue() {
            return new Desk(
                    tracker.newExchange(new SplittableRandom(random.nextLong())),
                    new RequestHead(kind == Kind.INTERNAL),
                    new byte[HeadScanner.MAX_HEAD]);
        }
    };

    Door(Kind kind, Tracker tracker, WireProperties properties, AtomicInteger connections, SecureRandom random) {
        this.kind = kind;
        this.tracker = tracker;
        this.properties = properties;
        this.connections = connections;
        this.random = random;
    }

    /** What an event loop serves its connections with, one request at a time. */
    static final class Desk {
        private final Exchange exchange;
        private final RequestHead head;
        private final byte[] bytes;

        Desk(Exchange exchange, RequestHead head, byte[] bytes) {
            this.exchange = exchange;
            this.head = head;
            this.bytes = bytes;
        }

        Exchange exchange() {
            return exchange;
        }

        RequestHead head() {
            return head;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    Kind kind() {
        return kind;
    }

    Tracker tracker() {
        return tracker;
    }

    WireProperties properties() {
        return properties;
    }

    Desk desk() {
        return desks.get();
    }

    /** Whether there is room for one more connection; if so, {@link #left()} must follow. */
    boolean enter() {
        if (connections.incrementAndGet() > properties.maxConnections()) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    void left() {
        connections.decrementAndGet();
    }
}
