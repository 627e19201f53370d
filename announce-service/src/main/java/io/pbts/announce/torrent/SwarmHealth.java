package io.pbts.announce.torrent;

import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.swarm.Tally;
import io.pbts.protocol.torrent.InfoHash;
import java.util.Optional;
import java.util.OptionalLong;

/** How the swarms of torrents fare. */
final class SwarmHealth {
    private final Swarms swarms;
    private final Tallies tallies;

    SwarmHealth(Swarms swarms, Tallies tallies) {
        this.swarms = swarms;
        this.tallies = tallies;
    }

    /**
     * How a torrent fares.
     *
     * @param counts seeders and leechers of this node, downloads of all
     * @param seederSeen the last second since 1970 at which a seeder announced; absent when none ever did
     */
    record Health(SwarmCounts counts, OptionalLong seederSeen) {}

    /** Clients of a hybrid torrent announce both hashes, so the two swarms are not added. */
    Health of(Torrent torrent) {
        SwarmCounts first = counts(torrent.v1());
        SwarmCounts second = counts(torrent.v2());
        long seen = Math.max(seederSeen(torrent.v1()), seederSeen(torrent.v2()));
        return new Health(
                new SwarmCounts(
                        Math.max(first.complete(), second.complete()),
                        Math.max(first.incomplete(), second.incomplete()),
                        Math.max(first.downloaded(), second.downloaded())),
                seen == 0 ? OptionalLong.empty() : OptionalLong.of(seen));
    }

    private SwarmCounts counts(Optional<InfoHash> hash) {
        return hash.map(SwarmKey::of).map(swarms::count).orElse(SwarmCounts.EMPTY);
    }

    private long seederSeen(Optional<InfoHash> hash) {
        return hash.map(SwarmKey::of).map(tallies::find).map(Tally::seederSeen).orElse(0L);
    }
}
