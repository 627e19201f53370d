package io.pbts.announce.torrent;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.TorrentId;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A registered torrent, without its metainfo file, which is up to 10 MiB and rarely wanted.
 *
 * @param reason why it was rejected
 * @param sequence its place in the order of registration
 * @param fileCount absent for what was registered before files were counted
 * @param owner the account whose it is; nobody's when it was uploaded without one
 * @param uploader the owner's user id
 */
record Torrent(
        TorrentId id,
        Optional<InfoHash> v1,
        Optional<InfoHash> v2,
        String name,
        long pieceLength,
        int pieceCount,
        long totalLength,
        boolean isPrivate,
        Optional<String> source,
        Moderation moderation,
        Optional<String> reason,
        OffsetDateTime registeredAt,
        long sequence,
        TorrentDetails details,
        OptionalInt fileCount,
        OptionalLong owner,
        Optional<String> uploader) {

    /** The hash a torrent goes by: v1 where there is one. */
    InfoHash infoHash() {
        return v1.or(() -> v2).orElseThrow();
    }

    /** Whether it may be announced and earns credit. */
    boolean isEnabled() {
        return moderation == Moderation.approved;
    }
}
