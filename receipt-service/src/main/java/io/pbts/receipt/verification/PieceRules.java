package io.pbts.receipt.verification;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.facts.Torrent;
import io.pbts.receipt.ledger.LedgerEntry;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.Finding.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which piece: index, length and hash must be those of a registered, enabled torrent. What a receipt is worth comes from the
 * torrent and from nothing that was posted.
 */
record PieceRules(Map<InfoHash, Torrent> torrents, Set<TorrentId> enabled, PartyRules parties) {

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
        var sender = parties.known(receipt.sender());
        var receiver = parties.known(receipt.receiver());
        var entry = new LedgerEntry(
                torrent.id(),
                sender.account(),
                receiver.account(),
                length.bytes(),
                signed(receipt, index, length),
                receipt.signature());
        return new Plausible(entry, receiver.proven());
    }

    /** The originals' 32-byte hashes are of the piece's bytes, which a torrent file does not tell: kept, not compared. */
    private static boolean hashFits(PostedReceipt receipt, PieceTable pieces, PieceIndex index) {
        boolean underivable =
                receipt.kind() == ReceiptKind.HTTP_V1 && receipt.pieceHash().kind() == HashKind.V2;
        return underivable || pieces.hashOf(index).equals(receipt.pieceHash());
    }

    private Receipt signed(PostedReceipt receipt, PieceIndex index, PieceLength length) {
        return switch (receipt.kind()) {
            case V2_BLS, V2_SECP256K1 ->
                new ReceiptV2(
                        parties.domain().orElseThrow(),
                        receipt.infoHash(),
                        receipt.sender(),
                        receipt.receiver(),
                        index,
                        length,
                        receipt.pieceHash(),
                        receipt.timestamp());
            case HTTP_V1 ->
                new LegacyHttpReceipt(
                        receipt.infoHash(),
                        blsKey(receipt.sender()),
                        receipt.receiver(),
                        index,
                        receipt.pieceHash(),
                        receipt.timestamp());
        };
    }

    private static AccountKey.Bls blsKey(AccountKey key) {
        return switch (key) {
            case AccountKey.Bls bls -> bls;
            case AccountKey.Wallet _ -> throw new IllegalStateException("an original receipt names BLS keys");
        };
    }
}
