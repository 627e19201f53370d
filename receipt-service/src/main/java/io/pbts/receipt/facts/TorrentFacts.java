package io.pbts.receipt.facts;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.facts.AnnounceClient.TorrentWire;
import java.util.Base64;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** One answer about a torrent, read and checked: its tables must be whole and it must be the torrent that was asked for. */
record TorrentFacts(Torrent torrent, boolean enabled) {

    /** Throws IllegalArgumentException when the answer contradicts itself. */
    static TorrentFacts of(TorrentWire wire, InfoHash asked) {
        var torrent = new Torrent(TorrentId.fromHex(wire.torrentId()), v1(wire), v2(wire));
        if (torrent.infoHashes().noneMatch(asked::equals)) {
            throw new IllegalArgumentException("asked for " + asked + ", told of " + wire.torrentId());
        }
        return new TorrentFacts(torrent, wire.enabled());
    }

    private static Optional<Hashed> v1(TorrentWire wire) {
        if (wire.infoHashV1() == null || wire.v1() == null) {
            return Optional.empty();
        }
        Long covered = wire.v1().totalLength();
        PieceTable pieces = PieceTable.v1(
                wire.pieceLength(),
                covered == null ? wire.totalLength() : covered,
                decode(wire.v1().hashes()));
        return Optional.of(new Hashed(InfoHash.fromHex(wire.infoHashV1()), pieces));
    }

    private static Optional<Hashed> v2(TorrentWire wire) {
        if (wire.infoHashV2() == null || wire.v2() == null) {
            return Optional.empty();
        }
        PieceTable pieces = PieceTable.v2(
                wire.pieceLength(), wire.v2().fileLengths(), decode(wire.v2().hashes()));
        return Optional.of(new Hashed(InfoHash.fromHex(wire.infoHashV2()), pieces));
    }

    private static Bytes decode(String base64) {
        return Bytes.wrap(Base64.getDecoder().decode(base64));
    }
}
