package io.pbts.protocol.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;

/**
 * A receipt v2 as a report states it. Its domain is the tracker's that it is sent to.
 *
 * @param pieceHash of the kind of the info hash
 * @param timestamp seconds since 1970, not negative
 */
public record StatedReceipt(
        InfoHash infoHash,
        AccountKey sender,
        AccountKey receiver,
        PieceIndex index,
        PieceLength length,
        PieceHash pieceHash,
        long timestamp,
        Proof proof) {
    public StatedReceipt {
        if (pieceHash.kind() != infoHash.kind()) {
            throw new IllegalArgumentException(
                    "a " + pieceHash.kind() + " piece hash in a " + infoHash.kind() + " torrent");
        }
        if (timestamp < 0) {
            throw new IllegalArgumentException("not a time: " + timestamp);
        }
        switch (proof) {
            case Proof.Typed _ -> require(receiver.kind() == AccountKey.Kind.ADDRESS, "only wallets sign typed data");
            case Proof.InAggregate _, Proof.InSession _ ->
                require(receiver.kind() == AccountKey.Kind.BLS, "only BLS keys sign in aggregates and for sessions");
            case Proof.Single _, Proof.InBatch _ -> {}
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
