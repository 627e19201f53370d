package io.pbts.protocol.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The receipt of the AI-agent variant: 200 packed bytes, whose keccak256 the receiver's wallet signs by
 * {@code personal_sign}. Binds neither instance nor chain.
 *
 * @param pieceHash 32 bytes; the variant takes keccak256 of the piece
 * @param timestamp seconds since 1970, not negative
 */
public record Eip191Receipt(
        InfoHash infoHash,
        AccountKey.Wallet sender,
        AccountKey.Wallet receiver,
        PieceIndex index,
        PieceLength length,
        PieceHash pieceHash,
        long timestamp)
        implements Receipt {
    /** The length of {@link #signedBytes()}. */
    public static final int SIGNED_SIZE = 200;

    public Eip191Receipt {
        if (infoHash.kind() != HashKind.V1) {
            throw new IllegalArgumentException("the old form knows v1 info hashes only");
        }
        if (pieceHash.bytes().size() != Bytes32.SIZE) {
            throw new IllegalArgumentException("the piece hash has 32 bytes in this form");
        }
        Timestamps.require(timestamp);
    }

    @Override
    public ReceiptKind kind() {
        return ReceiptKind.EIP191_V1;
    }

    /** What the wallet is given to sign: keccak256 of {@link #signedBytes()}. */
    public Bytes32 digest() {
        return Keccak256.hash(signedBytes());
    }

    @Override
    public Bytes signedBytes() {
        return new FixedWidth(SIGNED_SIZE)
                .leftPadded(infoHash.bytes(), Bytes32.SIZE)
                .bytes(sender.bytes())
                .bytes(receiver.bytes())
                .bytes(pieceHash.bytes())
                .leftPadded(u64(index.value()), Bytes32.SIZE)
                .leftPadded(u64(length.bytes()), Bytes32.SIZE)
                .leftPadded(u64(timestamp), Bytes32.SIZE)
                .complete();
    }

    private static Bytes u64(long value) {
        return Bytes.ofUnsignedLong(value);
    }
}
