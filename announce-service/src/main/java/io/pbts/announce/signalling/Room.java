package io.pbts.announce.signalling;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The clients of one swarm that are connected here. */
final class Room {
    private final Rooms house;
    private final Tally tally;
    private final Map<Membership, Seat> seats = new HashMap<>();
    private int seeders;

    Room(Rooms house, Tally tally) {
        this.house = house;
        this.tally = tally;
    }

    /** One of them, as it said at its last announce. */
    record Seat(Membership member, long account, boolean seeder) {
        boolean isOfUseTo(Seat asker) {
            boolean sameAccount = account != Announcement.NO_ACCOUNT && account == asker.account;
            return !equals(asker) && !sameAccount && !(seeder && asker.seeder);
        }
    }

    /** Whether somebody who is not here yet may not come, because its account has all the seats that it may have. */
    synchronized boolean refuses(Seat seat) {
        return seat.account != Announcement.NO_ACCOUNT
                && !seats.containsKey(seat.member)
                && seats.values().stream()
                                .filter(other -> other.account == seat.account)
                                .count()
                        >= house.perAccount();
    }

    /** Somebody is here, perhaps since long ago; does nothing when it is refused or there is no seat left. */
    synchronized void put(Seat seat, boolean completed) {
        Seat before = seats.get(seat.member);
        if (before == null && (refuses(seat) || !house.takesSeat())) {
            return;
        }
        if (completed && seat.seeder && (before == null || !before.seeder)) {
            tally.finish();
        }
        if (seat.seeder) {
            tally.seederAt(house.second());
        }
        seeders += (seat.seeder ? 1 : 0) - (before != null && before.seeder ? 1 : 0);
        seats.put(seat.member, seat);
    }

    synchronized void remove(Membership member) {
        Seat gone = seats.remove(member);
        if (gone != null) {
            seeders -= gone.seeder ? 1 : 0;
            house.seatLeft();
        }
    }

    synchronized boolean isEmpty() {
        return seats.isEmpty();
    }

    synchronized SwarmCounts counts() {
        return new SwarmCounts(seeders, seats.size() - seeders, tally.total());
    }

    /** Up to so many others that are of use to this one, each set of them equally likely. */
    List<Seat> others(Membership asker, int most, RandomGenerator random) {
        List<Seat> all;
        Seat own;
        synchronized (this) {
            own = seats.get(asker);
            all = new ArrayList<>(seats.values());
        }
        if (own == null) {
            return List.of();
        }
        all.removeIf(seat -> !seat.isOfUseTo(own));
        int chosen = Math.min(most, all.size());
        for (int i = 0; i < chosen; i++) {
            Collections.swap(all, i, i + random.nextInt(all.size() - i));
        }
        return all.subList(0, chosen);
    }
}
