package io.pbts.announce.limit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which connections there is room for. Of those beyond, some are kept open for the moment that it takes to tell them when to
 * come back, since a client that is merely cut off tries again at once.
 */
public final class Occupancy {
    /** What becomes of a new connection. */
    public enum Place {
        SERVED,
        /** Stays for one answer: later. */
        TURNED_AWAY,
        /** There is not even room for that. */
        NONE
    }

    private final EdgeLimits limits;
    private final int most;
    private final int mostTurnedAway;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();

    /** Takes the most connections of all clients together. */
    public Occupancy(EdgeLimits limits, int most) {
        this.limits = limits;
        this.most = most;
        mostTurnedAway = most / 8 + 1;
    }

    /** A place for one more connection of this client; {@link #leaveAsClient} must follow unless there is none. */
    public Place enterAsClient(long client) {
        if (!limits.enter(client)) {
            return turnAway();
        }
        Place place = enter();
        if (place != Place.SERVED) {
            limits.leave(client);
        }
        return place;
    }

    public void leaveAsClient(Place place, long client) {
        if (place == Place.SERVED) {
            limits.leave(client);
        }
        leave(place);
    }

    /** A place for a connection of somebody who asks for many clients; {@link #leave(Place)} must follow unless there is none. */
    public Place enter() {
        if (served.incrementAndGet() > most) {
            served.decrementAndGet();
            return turnAway();
        }
        return Place.SERVED;
    }

    public void leave(Place place) {
        switch (place) {
            case SERVED -> served.decrementAndGet();
            case TURNED_AWAY -> turnedAway.decrementAndGet();
            case NONE -> {
                // nothing was taken
            }
        }
    }

    private Place turnAway() {
        if (turnedAway.incrementAndGet() > mostTurnedAway) {
            turnedAway.decrementAndGet();
            return Place.NONE;
        }
        return Place.TURNED_AWAY;
    }
}
