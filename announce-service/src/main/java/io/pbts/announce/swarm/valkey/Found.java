package io.pbts.announce.swarm.valkey;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.Swarms.Finding;
import io.pbts.announce.swarm.Swarms.Taken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server answered. */
sealed interface Found extends Finding {

    /** It did not answer. */
    enum Nothing implements Found {
        AWAY;

        @Override
        public Taken fill(Selection into) {
            return Taken.AWAY;
        }

        @Override
        public @Nullable List<SwarmCounts> counts() {
            return null;
        }
    }

    /** The account has too many clients in the swarm. */
    enum NoPlace implements Found {
        TOO_MANY;

        @Override
        public Taken fill(Selection into) {
            into.clear();
            return Taken.TOO_MANY_PLACES;
        }

        @Override
        public @Nullable List<SwarmCounts> counts() {
            return null;
        }
    }

    /** Counts and peers, records and peer ids of each address family one after the other. */
    final class Peers implements Found {
        private static final int WITH_PEERS = 7;

        private final SwarmCounts counts;
        private final byte[] ipv4;
        private final byte[] ipv4Ids;
        private final byte[] ipv6;
        private final byte[] ipv6Ids;

        private Peers(SwarmCounts counts, List<Object> answer) {
            this.counts = counts;
            ipv4 = (byte[]) answer.get(3);
            ipv4Ids = (byte[]) answer.get(4);
            ipv6 = (byte[]) answer.get(5);
            ipv6Ids = (byte[]) answer.get(6);
        }

        @Override
        public Taken fill(Selection into) {
            into.counts(counts.complete(), counts.incomplete(), counts.downloaded());
            for (int i = 0; i < ipv4.length / Announcement.IPV4_RECORD; i++) {
                into.addIpv4(ipv4, i * Announcement.IPV4_RECORD, ipv4Ids, i * Announcement.PEER_ID_SIZE);
            }
            for (int i = 0; i < ipv6.length / Announcement.IPV6_RECORD; i++) {
                into.addIpv6(ipv6, i * Announcement.IPV6_RECORD, ipv6Ids, i * Announcement.PEER_ID_SIZE);
            }
            return Taken.DONE;
        }

        @Override
        public @Nullable List<SwarmCounts> counts() {
            return null;
        }
    }

    /** Sizes of the swarms that were asked for. */
    record Counts(List<SwarmCounts> counts) implements Found {
        public Counts {
            counts = List.copyOf(counts);
        }

        @Override
        public Taken fill(Selection into) {
            return Taken.AWAY;
        }
    }

    /** Reads what {@code announce.lua} answers; {@code finished} is how often the torrent was finished, this time included. */
    static Found ofAnnounce(List<Object> answer, int finished) {
        if (!hasPlace(answer)) {
            return NoPlace.TOO_MANY;
        }
        var counts = new SwarmCounts(number(answer, 0), number(answer, 1), finished);
        return new Peers(counts, answer);
    }

    /** Whether the account had a place for the peer that was announced. */
    static boolean hasPlace(List<Object> answer) {
        return answer.size() == Peers.WITH_PEERS;
    }

    /** Whether a download ended with the announce that was answered so. */
    static boolean isFinish(List<Object> answer) {
        return hasPlace(answer) && number(answer, 2) == 1;
    }

    private static int number(List<Object> answer, int index) {
        return Math.toIntExact((Long) answer.get(index));
    }
}
