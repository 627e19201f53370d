package io.pbts.announce.signalling;

import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Tallies;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who is connected for which swarm. A room lasts as long as somebody is in it. */
public final class Rooms {
    private final ConcurrentHashMap<SwarmKey, Room> rooms = new ConcurrentHashMap<>();
    private final AtomicInteger seats = new AtomicInteger();
    private final int maxRooms;
    private final int maxSeats;
    private final int perAccount;
    private final Tallies tallies;
    private final Clock clock;

    /**
     * No rooms yet.
     *
     * @param maxRooms swarms with somebody connected
     * @param maxSeats connections in all rooms together, one that is in two rooms counted twice
     * @param perAccount connections of one account in one room
     */
    public Rooms(int maxRooms, int maxSeats, int perAccount, Tallies tallies, Clock clock) {
        this.maxRooms = maxRooms;
        this.maxSeats = maxSeats;
        this.perAccount = perAccount;
        this.tallies = tallies;
        this.clock = clock;
    }

    /** A place for a client that has just connected. */
    public Membership newMembership(Outlet outlet, SignalWriter writer) {
        return new Membership(this, outlet, writer);
    }

    @Nullable
    Room find(SwarmKey swarm) {
        return rooms.get(swarm);
    }

    /** Does something in the room, made when it is not there, while nobody can take it away; empty when there is no room left. */
    Optional<Room> enter(SwarmKey swarm, Consumer<Room> inside) {
        return Optional.ofNullable(rooms.compute(swarm.copy(), (key, known) -> {
            if (known == null && rooms.size() >= maxRooms) {
                return null;
            }
            Room room = known == null ? new Room(this, tallies.of(key)) : known;
            inside.accept(room);
            return unlessEmpty(key, room);
        }));
    }

    /** Takes somebody out, and the room with the last of them. */
    void leave(SwarmKey swarm, Membership member) {
        rooms.computeIfPresent(swarm, (key, room) -> {
            room.remove(member);
            return unlessEmpty(key, room);
        });
    }

    int perAccount() {
        return perAccount;
    }

    private @Nullable Room unlessEmpty(SwarmKey swarm, Room room) {
        if (!room.isEmpty()) {
            return room;
        }
        tallies.release(swarm);
        return null;
    }

    /** Who is connected, and how often the torrent was finished, whether or not somebody is. */
    public SwarmCounts count(SwarmKey swarm) {
        Room room = find(swarm);
        return room == null ? new SwarmCounts(0, 0, tallies.finished(swarm)) : room.counts();
    }

    /** Now, in seconds since 1970. */
    long second() {
        return clock.millis() / 1000;
    }

    boolean takesSeat() {
        if (seats.incrementAndGet() > maxSeats) {
            seats.decrementAndGet();
            return false;
        }
        return true;
    }

    void seatLeft() {
        seats.decrementAndGet();
    }

    /** Swarms that somebody is connected for, and the connections for each of them added. */
    public SwarmTotals totals() {
        return new SwarmTotals(rooms.size(), seats.get());
    }
}
