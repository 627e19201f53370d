package io.pbts.protocol.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import org.apache.tuweni.bytes.Bytes;

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
        boolean wallet = receiver.kind() == AccountKey.Kind.ADDRESS;
        switch (proof) {
            case Proof.Single(Bytes signature) ->
                requireSize(signature, wallet ? Secp256k1.SIGNATURE_SIZE : BlsSignature.SIZE);
            case Proof.Typed(Bytes signature) -> {
                require(wallet, "only wallets sign typed data");
                requireSize(signature, Secp256k1.SIGNATURE_SIZE);
            }
            case Proof.InAggregate _ -> require(!wallet, "only BLS keys sign in aggregates");
            case Proof.InSession(int _, Bytes signature) -> {
                require(!wallet, "only BLS keys certify sessions");
                requireSize(signature, Secp256k1.COMPACT_SIZE);
            }
            case Proof.InBatch _ -> {}
        }
    }

    /** The same receipt with another proof. */
    StatedReceipt with(Proof other) {
        return new StatedReceipt(infoHash, sender, receiver, index, length, pieceHash, timestamp, other);
    }

    private static void requireSize(Bytes signature, int size) {
        require(signature.size() == size, "a signature of %d bytes, not %d".formatted(size, signature.size()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
