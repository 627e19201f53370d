package io.pbts.receipt.facts;

import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import java.util.Optional;
import java.util.stream.Stream;

/** A registered torrent: its pieces under one or both kinds of hashes. */
public record Torrent(TorrentId id, Optional<Hashed> v1, Optional<Hashed> v2) {
    public Torrent {
        if (v1.isEmpty() && v2.isEmpty()) {
            throw new IllegalArgumentException("a torrent without a hash: " + id);
        }
    }

    /** The pieces as a receipt that names this kind of info hash counts them. */
    public Optional<PieceTable> pieces(HashKind kind) {
        return switch (kind) {
            case V1 -> v1.map(Hashed::pieces);
            case V2 -> v2.map(Hashed::pieces);
        };
    }

    Stream<InfoHash> infoHashes() {
        return Stream.concat(v1.stream(), v2.stream()).map(Hashed::infoHash);
    }

    /** About how much memory it takes. */
    int weight() {
        long hashes = Stream.concat(v1.stream(), v2.stream())
                .mapToLong(hashed -> hashed.pieces().hashes().size()
                        + 16L * hashed.pieces().fileLengths().size())
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, hashes + 256);
    }
}
