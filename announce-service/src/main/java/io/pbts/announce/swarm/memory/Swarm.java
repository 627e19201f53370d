package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Tally;
import org.jspecify.annotations.Nullable;

/** The peers of one torrent in both address families. Guarded by its shard. */
final class Swarm {
    private static final int NOBODY = -1;

    private final SwarmKey key;
    private final KeyedHash function;
    private final Tally tally;
    private @Nullable PeerRun ipv4;
    private @Nullable PeerRun ipv6;

    Swarm(SwarmKey key, KeyedHash function, Tally tally) {
        this.key = key;
        this.function = function;
        this.tally = tally;
    }

    SwarmKey key() {
        return key;
    }

    int peers() {
        return (ipv4 == null ? 0 : ipv4.count()) + (ipv6 == null ? 0 : ipv6.count());
    }

    int seeders() {
        return (ipv4 == null ? 0 : ipv4.seeders()) + (ipv6 == null ? 0 : ipv6.seeders());
    }

    /** Whether forgetting it would lose nothing. */
    boolean isForgettable() {
        return peers() == 0 && (tally.isKept() || tally.total() == 0);
    }

    SwarmCounts counts() {
        return new SwarmCounts(seeders(), peers() - seeders(), tally.total());
    }

    /**
     * Whether the peer is known, leaves, or may come besides its account's others. A client that comes from one address after
     * another makes room for itself: of its records the first that is found goes.
     */
    boolean admits(Announcement peer, int perAccount, Capacity capacity) {
        boolean comes = peer.change() == Change.PRESENT || peer.change() == Change.COMPLETED;
        PeerRun run = peer.width() == Announcement.IPV4_RECORD ? ipv4 : ipv6;
        if (!comes || peer.account() == Announcement.NO_ACCOUNT || (run != null && run.find(peer) != NOBODY)) {
            return true;
        }
        var places = new Places(ipv4, ipv6, peer);
        if (!places.hasRoom(perAccount)) {
            return false;
        }
        if (places.records() >= Places.RECORDS_PER_PLACE * perAccount) {
            places.leaveOne();
            capacity.peersLeft(1);
        }
        return true;
    }

    /** Applies the change at this second since 1970; answers the peer's position among those of its family, or -1. */
    int apply(Announcement peer, long second, int until, Capacity capacity) {
        PeerRun run = peer.width() == Announcement.IPV4_RECORD ? ipv4 : ipv6;
        int position = run == null ? NOBODY : run.find(peer);
        boolean finished = position == NOBODY || run == null || !run.isSeeder(position);
        return switch (peer.change()) {
            case NONE -> position;
            case GONE -> {
                if (run != null && position != NOBODY) {
                    run.remove(position);
                    capacity.peersLeft(1);
                }
                yield NOBODY;
            }
            case PRESENT, COMPLETED -> {
                if (peer.change() == Change.COMPLETED && peer.seeding() && finished) {
                    tally.finish();
                }
                if (peer.seeding()) {
                    tally.seederAt(second);
                }
                if (run != null && position != NOBODY) {
                    yield run.refresh(position, peer, until);
                }
                yield capacity.admitsPeer() ? runOf(peer).add(peer, until) : NOBODY;
            }
        };
    }

    private PeerRun runOf(Announcement peer) {
        PeerRun run = peer.width() == Announcement.IPV4_RECORD ? ipv4 : ipv6;
        if (run == null) {
            run = new PeerRun(peer.width(), function);
            if (peer.width() == Announcement.IPV4_RECORD) {
                ipv4 = run;
            } else {
                ipv6 = run;
            }
        }
        return run;
    }

    /** Draws from the peers of both families alike. */
    void select(Announcement asker, int position, Selection into) {
        int seeders = seeders();
        into.counts(seeders, peers() - seeders, tally.total());
        int fours = ipv4 == null ? 0 : ipv4.eligible(asker, position);
        int eligible = fours + (ipv6 == null ? 0 : ipv6.eligible(asker, position));
        int wanted = Math.min(asker.wanted(), into.capacity());
        if (wanted >= eligible) {
            for (int drawn = 0; drawn < eligible; drawn++) {
                give(drawn, fours, asker, position, into);
            }
            return;
        }
        into.sampler().begin();
        for (int last = eligible - wanted; last < eligible; last++) {
            give(into.sampler().next(last), fours, asker, position, into);
        }
    }

    private void give(int drawn, int fours, Announcement asker, int position, Selection into) {
        if (drawn < fours && ipv4 != null) {
            ipv4.give(drawn, asker, position, into);
        } else if (ipv6 != null) {
            ipv6.give(drawn - fours, asker, position, into);
        }
    }

    /** Removes whose time is over, within a budget; answers whether the swarm is done. */
    boolean sweep(int now, SweepCursor cursor, Capacity capacity) {
        int before = peers();
        boolean done = cursor.sweep(ipv4, ipv6, now);
        capacity.peersLeft(before - peers());
        return done;
    }
}
