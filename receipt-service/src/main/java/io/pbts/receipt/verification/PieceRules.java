package io.pbts.receipt.verification;

import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.download.OpenDownloads;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.facts.Torrent;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.Finding.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which piece: index, length and hash must be those of a registered, enabled torrent. What a receipt is worth comes from the
 * torrent and from nothing that was posted.
 */
record PieceRules(
        Map<InfoHash, Torrent> torrents, Set<TorrentId> enabled, OpenDownloads downloads, PartyRules parties) {

    Finding judge(PostedReceipt receipt) {
        Torrent torrent = torrents.get(receipt.infoHash());
        Optional<PieceTable> pieces = torrent == null
                ? Optional.empty()
                : torrent.pieces(receipt.infoHash().kind());
        if (torrent == null || pieces.isEmpty()) {
            return new Refused(Defect.UNKNOWN_TORRENT, "infohash belongs to no registered torrent");
        }
        if (!enabled.contains(torrent.id())) {
            return new Refused(Defect.TORRENT_DISABLED, "the torrent earns no credit at present");
        }
        return judge(receipt, torrent, pieces.get());
    }

    private Finding judge(PostedReceipt receipt, Torrent torrent, PieceTable pieces) {
        if (receipt.pieceIndex() < 0 || receipt.pieceIndex() >= pieces.count()) {
            return new Refused(Defect.BAD_INDEX, "the torrent has %d pieces".formatted(pieces.count()));
        }
        PieceIndex index = new PieceIndex(receipt.pieceIndex());
        PieceLength length = pieces.lengthOf(index);
        if (receipt.pieceSize().isPresent() && receipt.pieceSize().get() != length.bytes()) {
            return new Refused(Defect.BAD_LENGTH, "the piece has %d bytes".formatted(length.bytes()));
        }
        if (!hashFits(receipt, pieces, index)) {
            return new Refused(Defect.BAD_PIECE_HASH, "not the hash of this piece in this torrent");
        }
        Receipt statement = receipt.statement(parties.domainOf(receipt)).orElse(null);
        if (statement == null) {
            return new Refused(
                    Defect.BAD_ENCODING,
                    "nobody can have signed this: a key or a number that the kind has no place for");
        }
        KnownKey receiver = parties.known(receipt.receiver());
        int download = downloads.at(torrent.id(), receiver.account().accountId(), receipt.timestamp());
        return new Plausible(
                torrent.id(),
                parties.known(receipt.sender()),
                receiver,
                download,
                length.bytes(),
                statement,
                receipt.proof());
    }

    /** The originals' 32-byte hashes are of the piece's bytes, which a torrent file does not tell: kept, not compared. */
    private static boolean hashFits(PostedReceipt receipt, PieceTable pieces, PieceIndex index) {
        boolean underivable =
                switch (receipt.kind()) {
                    case V2_BLS, V2_SECP256K1 -> false;
                    case HTTP_V1, BEP10_V1, EIP191_V1 -> receipt.pieceHash().kind() == HashKind.V2;
                };
        return underivable || pieces.hashOf(index).equals(receipt.pieceHash());
    }
}
