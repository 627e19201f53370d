package io.pbts.announce.signalling;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.SwarmTotals;
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

    /**
     * No rooms yet.
     *
     * @param maxRooms swarms with somebody connected
     * @param maxSeats connections in all rooms together, one that is in two rooms counted twice
     * @param perAccount connections of one account in one room
     */
    public Rooms(int maxRooms, int maxSeats, int perAccount) {
        this.maxRooms = maxRooms;
        this.maxSeats = maxSeats;
        this.perAccount = perAccount;
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
        return Optional.ofNullable(rooms.compute(swarm.copy(), (_, known) -> {
            if (known == null && rooms.size() >= maxRooms) {
                return null;
            }
            Room room = known == null ? new Room(this) : known;
            inside.accept(room);
            return room.isEmpty() ? null : room;
        }));
    }

    /** Takes somebody out, and the room with the last of them. */
    void leave(SwarmKey swarm, Membership member) {
        rooms.computeIfPresent(swarm, (_, room) -> {
            room.remove(member);
            return room.isEmpty() ? null : room;
        });
    }

    int perAccount() {
        return perAccount;
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

    SwarmTotals totals() {
        return new SwarmTotals(rooms.size(), seats.get());
    }
}
