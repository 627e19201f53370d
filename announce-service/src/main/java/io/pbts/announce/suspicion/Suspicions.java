package io.pbts.announce.suspicion;

import io.pbts.announce.accounting.Claim;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at announces of accounts and keeps what is suspicious, within bounds. An ordinary announce allocates nothing. */
public final class Suspicions {
    private static final int GHOST_SECONDS = 60;
    private static final long DAY_MILLIS = 86_400_000L;

    private final SuspicionProperties properties;
    private final AddressSketch addresses;
    private final Clock clock;
    private final Map<Long, Suspect> suspects;

    Suspicions(SuspicionProperties properties, AddressSketch addresses, Clock clock) {
        this.properties = properties;
        this.addresses = addresses;
        this.clock = clock;
        suspects = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Suspect> eldest) {
                return size() > properties.maxAccounts();
            }
        };
    }

    /**
     * Looks at one announce.
     *
     * @param up bytes uploaded as the client counts them
     * @param down bytes downloaded
     * @param claim what they added
     * @param swarm counts after the announce
     */
    public void look(
            Standing by, Announcement announce, PeerAddress client, long up, long down, Claim claim, Selection swarm) {
        if (claim.isImpossible()) {
            keep(by, announce, Kind.IMPOSSIBLE_SPEED, Math.max(up, down));
        }
        if (claim.up() >= properties.unheardUpload().toBytes() && swarm.incomplete() == 0) {
            keep(by, announce, Kind.UPLOAD_WITHOUT_LEECHERS, claim.up());
        }
        boolean gavesNothing = up == 0 && down == 0 && claim.isKnown() && claim.seconds() >= GHOST_SECONDS;
        if (gavesNothing && announce.seeding() && swarm.incomplete() > 0) {
            keep(by, announce, Kind.GHOST_SEEDER, 0);
        }
        int day = (int) (clock.millis() / DAY_MILLIS);
        if (addresses.exceeds(properties.addresses(), by.accountId(), client, day)) {
            keep(by, announce, Kind.MANY_ADDRESSES, 0);
        }
    }

    private synchronized void keep(Standing by, Announcement announce, Kind kind, long bytes) {
        Suspect before = suspects.remove(by.accountId());
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        if (before != null) {
            counts.putAll(before.counts());
        }
        counts.merge(kind, 1L, Math::addExact);
        suspects.put(
                by.accountId(),
                new Suspect(
                        by.accountId(),
                        by.userId(),
                        counts,
                        clock.instant(),
                        kind,
                        announce.swarm().toString(),
                        bytes));
    }

    /** Up to so many, the latest signal first. */
    synchronized List<Suspect> latest(int most) {
        List<Suspect> all = new ArrayList<>(suspects.values());
        all.sort(Comparator.comparing(Suspect::at).reversed());
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }
}
