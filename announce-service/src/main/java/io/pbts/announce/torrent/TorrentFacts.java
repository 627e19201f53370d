package io.pbts.announce.torrent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.torrent.SwarmHealth.Health;
import io.pbts.protocol.torrent.InfoHash;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A torrent and its swarm.
 *
 * @param state only an approved one is served and earns credit
 * @param reason why it was rejected
 * @param registeredAt seconds since 1970
 * @param uploader user id of whoever registered it
 * @param fileCount absent for what was registered before files were counted
 * @param description absent in lists
 * @param complete seeders
 * @param incomplete leechers
 * @param downloaded how often it was finished
 * @param seederSeenAt seconds since 1970 at which a seeder announced last; absent when none ever did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TorrentFacts(
        @JsonUnwrapped Metadata metadata,
        boolean isPrivate,
        @Nullable String source,
        boolean enabled,
        Moderation state,
        @Nullable String reason,
        long registeredAt,
        @Nullable String uploader,
        @Nullable Integer fileCount,
        @Nullable String description,
        List<String> tags,
        @Nullable String licence,
        int complete,
        int incomplete,
        int downloaded,
        @Nullable Long seederSeenAt) {

    /**
     * What the .torrent file says.
     *
     * @param infoHash v1 hash, or the v2 hash of a torrent that has no other
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Metadata(
            String infoHash,
            @Nullable String infoHashV2,
            String torrentId,
            String name,
            long pieceLength,
            long totalLength,
            int pieceCount) {

        static Metadata of(Torrent torrent) {
            return new Metadata(
                    torrent.infoHash().hex(),
                    torrent.v2().map(InfoHash::hex).orElse(null),
                    torrent.id().hex(),
                    torrent.name(),
                    torrent.pieceLength(),
                    torrent.totalLength(),
                    torrent.pieceCount());
        }
    }

    TorrentFacts {
        tags = List.copyOf(tags);
    }

    /** All of them. */
    static TorrentFacts of(Torrent torrent, Health health) {
        return of(torrent, health, torrent.details().description());
    }

    /** All of each torrent, whose health stands at the same place. */
    static List<TorrentFacts> of(List<Torrent> torrents, List<Health> healths) {
        return IntStream.range(0, torrents.size())
                .mapToObj(i -> of(torrents.get(i), healths.get(i)))
                .toList();
    }

    /** The same without the descriptions, which may be long. */
    static List<TorrentFacts> inList(List<Torrent> torrents, List<Health> healths) {
        return IntStream.range(0, torrents.size())
                .mapToObj(i -> of(torrents.get(i), healths.get(i), null))
                .toList();
    }

    private static TorrentFacts of(Torrent torrent, Health health, @Nullable String description) {
        TorrentDetails details = torrent.details();
        SwarmCounts counts = health.counts();
        return new TorrentFacts(
                Metadata.of(torrent),
                torrent.isPrivate(),
                torrent.source().orElse(null),
                torrent.isEnabled(),
                torrent.moderation(),
                torrent.reason().orElse(null),
                torrent.registeredAt().toEpochSecond(),
                torrent.uploader().orElse(null),
                torrent.fileCount().isPresent() ? torrent.fileCount().getAsInt() : null,
                description,
                details.tags(),
                details.licence().orElse(null),
                counts.complete(),
                counts.incomplete(),
                counts.downloaded(),
                health.seederSeen().isPresent() ? health.seederSeen().getAsLong() : null);
    }
}
