package io.pbts.announce.torrent;

import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.swarm.Tally;
import io.pbts.protocol.torrent.InfoHash;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How the swarms of torrents fare. */
final class SwarmHealth {
    private final Swarms swarms;
    private final Rooms rooms;
    private final Tallies tallies;

    SwarmHealth(Swarms swarms, Rooms rooms, Tallies tallies) {
        this.swarms = swarms;
        this.rooms = rooms;
        this.tallies = tallies;
    }

    /**
     * How a torrent fares.
     *
     * @param counts seeders and leechers of this node and those connected to it over WebSockets, downloads of all
     * @param seederSeen the last second since 1970 at which a seeder announced; absent when none ever did
     */
    record Health(SwarmCounts counts, OptionalLong seederSeen) {}

    Health of(Torrent torrent) {
        return of(List.of(torrent)).getFirst();
    }

    /** In the order of the torrents, by one question to whoever keeps the swarms. */
    List<Health> of(List<Torrent> torrents) {
        List<SwarmKey> asked = torrents.stream()
                .flatMap(torrent -> Stream.of(torrent.v1(), torrent.v2()))
                .flatMap(Optional::stream)
                .map(SwarmKey::of)
                .toList();
        Iterator<SwarmCounts> counts = swarms.count(asked).iterator();
        return torrents.stream()
                .map(torrent -> health(torrent, next(torrent.v1(), counts), next(torrent.v2(), counts)))
                .toList();
    }

    /**
     * All swarms together, with those connected over WebSockets. A peer that comes both ways counts twice; of swarms that have
     * peers, there are at least so many.
     */
    SwarmTotals totals() {
        SwarmTotals announced = swarms.totals();
        SwarmTotals connected = rooms.totals();
        return new SwarmTotals(Math.max(announced.swarms(), connected.swarms()), announced.peers() + connected.peers());
    }

    /** A peer that announces over WebSockets and otherwise is in both, and counts twice. */
    private SwarmCounts next(Optional<InfoHash> hash, Iterator<SwarmCounts> counts) {
        if (hash.isEmpty()) {
            return SwarmCounts.EMPTY;
        }
        SwarmCounts announced = counts.next();
        SwarmCounts connected = rooms.count(SwarmKey.of(hash.get()));
        return new SwarmCounts(
                announced.complete() + connected.complete(),
                announced.incomplete() + connected.incomplete(),
                announced.downloaded());
    }

    /** Clients of a hybrid torrent announce both hashes, so the two swarms are not added. */
    private Health health(Torrent torrent, SwarmCounts first, SwarmCounts second) {
        long seen = Math.max(seederSeen(torrent.v1()), seederSeen(torrent.v2()));
        return new Health(
                new SwarmCounts(
                        Math.max(first.complete(), second.complete()),
                        Math.max(first.incomplete(), second.incomplete()),
                        Math.max(first.downloaded(), second.downloaded())),
                seen == 0 ? OptionalLong.empty() : OptionalLong.of(seen));
    }

    private long seederSeen(Optional<InfoHash> hash) {
        return hash.map(SwarmKey::of).map(tallies::find).map(Tally::seederSeen).orElse(0L);
    }
}
