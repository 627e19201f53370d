package io.pbts.announce.signalling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pbts.announce.signalling.Room.Seat;
import io.pbts.announce.signalling.Signal.Offer;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Swarms;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One connected client in the rooms of its swarms: the swarms as this client's announces see them. Used by its connection's
 * thread; only {@link #expect} is called by others. An answer finds its way only to the client whose offer it answers.
 */
public final class Membership implements Swarms {
    private static final int MOST_ROOMS = 200;
    private static final int MOST_PENDING = 500;

    private final Rooms rooms;
    private final Outlet outlet;
    private final SignalWriter writer;
    private final Map<SwarmKey, String> peerIds = new HashMap<>();
    private final Map<String, Membership> offerers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Membership> eldest) {
            return size() > MOST_PENDING;
        }
    };
    private int mayMeet;

    Membership(Rooms rooms, Outlet outlet, SignalWriter writer) {
        this.rooms = rooms;
        this.outlet = outlet;
        this.writer = writer;
    }

    @Override
    public Taken announce(Announcement announcement, Selection into, Patience patience) {
        SwarmKey swarm = announcement.swarm();
        mayMeet = announcement.wanted();
        if (announcement.change() == Change.GONE) {
            rooms.leave(swarm, this);
            peerIds.remove(swarm);
        } else if (announcement.change() != Change.NONE
                && (peerIds.containsKey(swarm) || peerIds.size() < MOST_ROOMS)) {
            String peerId = new String(announcement.peerId(), ISO_8859_1);
            var seat = new Seat(this, announcement.account(), announcement.seeding());
            boolean completed = announcement.change() == Change.COMPLETED;
            Optional<Room> entered = rooms.enter(swarm, room -> room.put(seat, completed));
            if (entered.filter(room -> room.refuses(seat)).isPresent()) {
                into.clear();
                return Taken.TOO_MANY_PLACES;
            }
            if (entered.isPresent()) {
                peerIds.put(swarm.copy(), peerId);
            }
        }
        SwarmCounts counts = count(swarm);
        into.counts(counts.complete(), counts.incomplete(), counts.downloaded());
        return Taken.DONE;
    }

    @Override
    public List<SwarmCounts> counts(List<SwarmKey> swarms, Patience patience) {
        return count(swarms);
    }

    @Override
    public List<SwarmCounts> count(List<SwarmKey> swarms) {
        return swarms.stream().map(this::count).toList();
    }

    @Override
    public SwarmCounts count(SwarmKey swarm) {
        return rooms.count(swarm);
    }

    @Override
    public SwarmTotals totals() {
        return rooms.totals();
    }

    /** Passes the offers on, each to another client, to no more than the announce before was allowed to meet. */
    public void passOn(String infoHash, SwarmKey swarm, List<Offer> offers) {
        Room room = rooms.find(swarm);
        String peerId = peerIds.get(swarm);
        if (room == null || peerId == null) {
            return;
        }
        List<Seat> others = room.others(this, Math.min(mayMeet, offers.size()), ThreadLocalRandom.current());
        for (int i = 0; i < others.size(); i++) {
            Offer offer = offers.get(i);
            others.get(i).member().expect(infoHash + offer.offerId(), this);
            others.get(i).member().outlet.send(writer.passedOn(infoHash, peerId, offer.offerId(), offer.description()));
        }
    }

    /** Passes an answer on to whoever made the offer; does nothing when there was none. */
    public void answer(Signal.Answer answer, SwarmKey swarm) {
        Membership offerer = offererOf(answer.infoHash() + answer.offerId());
        String peerId = peerIds.get(swarm);
        if (offerer != null && peerId != null) {
            offerer.outlet.send(writer.passedOn(answer.infoHash(), peerId, answer.offerId(), answer.description()));
        }
    }

    private void expect(String offer, Membership offerer) {
        synchronized (offerers) {
            offerers.put(offer, offerer);
        }
    }

    private @Nullable Membership offererOf(String offer) {
        synchronized (offerers) {
            return offerers.remove(offer);
        }
    }

    /** The client is gone. */
    public void end() {
        peerIds.keySet().forEach(swarm -> rooms.leave(swarm, this));
        peerIds.clear();
    }
}
