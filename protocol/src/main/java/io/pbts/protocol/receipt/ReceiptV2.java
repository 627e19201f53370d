package io.pbts.protocol.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A receipt that says everything it is worth: where it counts, who sent, who received, which piece and how long it is.
 * The layout is in {@code docs/protocol.md}; every field has one place and one width, so no two receipts share bytes.
 *
 * <p>The receiver's key is among the signed bytes, which together with proofs of possession ends rogue-key forgeries.
 *
 * @param pieceHash of the kind of the info hash: SHA-1 for v1, piece layer for v2
 * @param timestamp seconds since 1970, not negative
 */
public record ReceiptV2(
        ReceiptDomain domain,
        InfoHash infoHash,
        AccountKey sender,
        AccountKey receiver,
        PieceIndex index,
        PieceLength length,
        PieceHash pieceHash,
        long timestamp)
        implements Receipt {

    /** The length of {@link #signedBytes()}. */
    public static final int SIGNED_SIZE = 225;

    private static final int KEY_WIDTH = 48;

    public ReceiptV2 {
        if (pieceHash.kind() != infoHash.kind()) {
            throw new IllegalArgumentException(
                    "a " + pieceHash.kind() + " piece hash in a " + infoHash.kind() + " torrent");
        }
        Timestamps.require(timestamp);
    }

    @Override
    public ReceiptKind kind() {
        return ReceiptKind.v2(receiver);
    }

    /** What a wallet signs by {@code personal_sign}: keccak256 of {@link #signedBytes()}. */
    public Bytes32 digest() {
        return Keccak256.hash(signedBytes());
    }

    @Override
    public Bytes signedBytes() {
        return new FixedWidth(SIGNED_SIZE)
                .ascii("PBTS-RECEIPT")
                .u8(2)
                .u8(receiver.kind().number())
                .bytes(domain.bytes())
                .u8(infoHash.kind().number())
                .leftPadded(infoHash.bytes(), Bytes32.SIZE)
                .u8(sender.kind().number())
                .leftPadded(sender.bytes(), KEY_WIDTH)
                .u8(receiver.kind().number())
                .leftPadded(receiver.bytes(), KEY_WIDTH)
                .u32(index.value())
                .u32(length.bytes())
                .leftPadded(pieceHash.bytes(), Bytes32.SIZE)
                .u64(timestamp)
                .complete();
    }
}
