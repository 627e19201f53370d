package io.pbts.protocol.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import org.apache.tuweni.bytes.Bytes;

/**
 * The receipt of the original's BEP 10 extension and of the paper: {@code infohash(20) || sender_pk(48) || piece_hash ||
 * u32be(index) || u64be(t_epoch)}, where an epoch is an hour. Binds neither instance nor chain, neither receiver nor length.
 *
 * @param pieceHash 32 bytes (SHA-256) in the original; 20 (SHA-1) is taken too
 * @param epoch hours since 1970, not negative
 */
public record Bep10Receipt(
        InfoHash infoHash,
        AccountKey.Bls sender,
        AccountKey.Bls receiver,
        PieceIndex index,
        PieceHash pieceHash,
        long epoch)
        implements Receipt {
    public static final long EPOCH_SECONDS = 3600;
    /** The last epoch whose seconds fit into 63 bits. */
    public static final long MAX_EPOCH = Long.MAX_VALUE / EPOCH_SECONDS - 1;

    private static final int SIZE_WITHOUT_HASH = 80;

    public Bep10Receipt {
        if (infoHash.kind() != HashKind.V1) {
            throw new IllegalArgumentException("the old form knows v1 info hashes only");
        }
        if (epoch < 0 || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException("not an epoch: " + epoch);
        }
    }

    @Override
    public ReceiptKind kind() {
        return ReceiptKind.BEP10_V1;
    }

    /** The last second of its epoch: it may have been signed that late. */
    @Override
    public long timestamp() {
        return lastSecond(epoch);
    }

    /** The last second of an epoch that lies between 0 and {@link #MAX_EPOCH}. */
    public static long lastSecond(long epoch) {
        return epoch * EPOCH_SECONDS + EPOCH_SECONDS - 1;
    }

    @Override
    public Bytes signedBytes() {
        return new FixedWidth(SIZE_WITHOUT_HASH + pieceHash.bytes().size())
                .bytes(infoHash.bytes())
                .bytes(sender.bytes())
                .bytes(pieceHash.bytes())
                .u32(index.value())
                .u64(epoch)
                .complete();
    }
}
