package io.pbts.announce.wire;

import io.netty.util.concurrent.FastThreadLocal;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.limit.LoopLoad;
import io.pbts.announce.limit.Occupancy;
import io.pbts.announce.limit.Occupancy.Place;
import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.tracker.HttpExchange;
import io.pbts.announce.tracker.Tracker;
import io.pbts.announce.wire.gateway.GatewayToken;
import io.pbts.announce.wire.websocket.WebSockets;
import io.pbts.support.access.ServiceTokenVerifier;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/** One of the ways in: what all its connections share. */
final class Door {

    /** Who may come in. */
    enum Kind {
        /** Anybody; a peer is where its packets come from, and is limited there. */
        DIRECT,
        /** As {@link #DIRECT}, with everything encrypted. */
        TLS,
        /** The gateway, which shows a token, says in a header for whom it asks, and limits its clients itself. */
        INTERNAL
    }

    /** What all doors lead to. */
    record House(
            Tracker tracker,
            EdgeLimits limits,
            Occupancy occupancy,
            WebSockets webSockets,
            ServiceTokenVerifier verifier,
            WireProperties properties,
            SecureRandom random) {
        /** An empty one. */
        static House of(
                Tracker tracker,
                EdgeLimits limits,
                Rooms rooms,
                ServiceTokenVerifier verifier,
                WireProperties properties,
                SecureRandom random) {
            var occupancy = new Occupancy(limits, properties.maxConnections());
            var webSockets = new WebSockets(tracker, limits, rooms, random, properties.overloadLag());
            return new House(tracker, limits, occupancy, webSockets, verifier, properties, random);
        }
    }

    private final Kind kind;
    private final House house;
    private final long idleNanos;
    private final FastThreadLocal<Desk> desks = new FastThreadLocal<>() {
        @Override
        protected Desk initialValue() {
            return newDesk();
        }
    };

    Door(Kind kind, House house) {
        this.kind = kind;
        this.house = house;
        idleNanos = house.properties.idleTimeout().toNanos();
    }

    int backlog() {
        return house.properties.backlog();
    }

    /** What an event loop serves its connections with, one request at a time. */
    static final class Desk {
        private final byte[] bytes = new byte[HeadScanner.MAX_HEAD];
        private final HttpExchange exchange;
        private final RequestHead head;
        private final LoopLoad load;

        Desk(HttpExchange exchange, RequestHead head, LoopLoad load) {
            this.exchange = exchange;
            this.head = head;
            this.load = load;
        }

        byte[] bytes() {
            return bytes;
        }

        HttpExchange exchange() {
            return exchange;
        }

        RequestHead head() {
            return head;
        }

        LoopLoad load() {
            return load;
        }
    }

    private Desk newDesk() {
        PasskeyLimit limit = kind == Kind.INTERNAL ? PasskeyLimit.NONE : house.limits;
        return new Desk(
                house.tracker.newHttpExchange(new SplittableRandom(house.random.nextLong()), limit),
                new RequestHead(kind == Kind.INTERNAL),
                new LoopLoad(house.properties.overloadLag()));
    }

    Kind kind() {
        return kind;
    }

    Tracker tracker() {
        return house.tracker;
    }

    WireProperties properties() {
        return house.properties;
    }

    WebSockets webSockets() {
        return house.webSockets;
    }

    long idleNanos() {
        return idleNanos;
    }

    Desk desk() {
        return desks.get();
    }

    GatewayToken newGatewayToken() {
        return new GatewayToken(house.verifier);
    }

    /** By which the client at this address is known here. */
    long clientAt(PeerAddress address) {
        return house.limits.clientAt(address);
    }

    /** Whether the client may send one more request; the gateway always may. */
    boolean admitsRequest(long client, long nanoTime) {
        return kind == Kind.INTERNAL || house.limits.admitsRequest(client, nanoTime);
    }

    /** A place for one more connection; {@link #left} must follow unless there is none. */
    Place enter(long client) {
        return kind == Kind.INTERNAL ? house.occupancy.enter() : house.occupancy.enterAsClient(client);
    }

    void left(Place place, long client) {
        if (kind == Kind.INTERNAL) {
            house.occupancy.leave(place);
        } else {
            house.occupancy.leaveAsClient(place, client);
        }
    }
}
