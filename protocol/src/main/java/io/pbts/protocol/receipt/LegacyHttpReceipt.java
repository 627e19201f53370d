package io.pbts.protocol.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import org.apache.tuweni.bytes.Bytes;

/**
 * The receipt of the original Python tracker over HTTP: {@code infohash(20) || sender_pk(48) || piece_hash || u32be(index)
 * || u64be(timestamp)}. Binds neither instance nor chain, neither receiver nor length.
 *
 * @param pieceHash 20 bytes (SHA-1) or 32 (SHA-256)
 * @param timestamp seconds since 1970, not negative
 */
public record LegacyHttpReceipt(
        InfoHash infoHash,
        AccountKey.Bls sender,
        AccountKey.Bls receiver,
        PieceIndex index,
        PieceHash pieceHash,
        long timestamp)
        implements Receipt {

    private static final int SIZE_WITHOUT_HASH = 80;

    public LegacyHttpReceipt {
        if (infoHash.kind() != HashKind.V1) {
            throw new IllegalArgumentException("the old form knows v1 info hashes only");
        }
        Timestamps.require(timestamp);
    }

    @Override
    public ReceiptKind kind() {
        return ReceiptKind.HTTP_V1;
    }

    @Override
    public Bytes signedBytes() {
        return new FixedWidth(SIZE_WITHOUT_HASH + pieceHash.bytes().size())
                .bytes(infoHash.bytes())
                .bytes(sender.bytes())
                .bytes(pieceHash.bytes())
                .u32(index.value())
                .u64(timestamp)
                .complete();
    }
}
