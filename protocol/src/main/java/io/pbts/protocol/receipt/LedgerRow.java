package io.pbts.protocol.receipt;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * One credited receipt as the ledger keeps it. Its hash is the leaf under which it can later be proven; the layout is in
 * {@code docs/protocol.md}.
 *
 * @param bytes credited, from the torrent's own facts
 * @param signedBytesHash SHA-256 of what was signed
 * @param signatureHash SHA-256 of the signature as it came; with an aggregate, of the aggregate
 */
public record LedgerRow(
        InstanceId instance,
        TorrentId torrent,
        ChainAccount sender,
        ChainAccount receiver,
        PieceIndex index,
        long bytes,
        ReceiptKind kind,
        Bytes32 signedBytesHash,
        Bytes32 signatureHash) {

    /** The length of {@link #encoded()}. */
    public static final int ENCODED_SIZE = 214;

    public LedgerRow {
        if (bytes < 1) {
            throw new IllegalArgumentException("a row credits at least one byte, not " + bytes);
        }
    }

    /** The row of a receipt that was verified. */
    public static LedgerRow of(
            InstanceId instance,
            TorrentId torrent,
            ChainAccount sender,
            ChainAccount receiver,
            long bytes,
            Receipt receipt,
            Bytes signature) {
        return new LedgerRow(
                instance,
                torrent,
                sender,
                receiver,
                receipt.index(),
                bytes,
                receipt.kind(),
                Sha256.hash(receipt.signedBytes()),
                Sha256.hash(signature));
    }

    /** The row in its fixed-width form. */
    public Bytes encoded() {
        return new FixedWidth(ENCODED_SIZE)
                .ascii("PBTS-ROW")
                .u8(1)
                .bytes(instance.bytes())
                .bytes(torrent.bytes())
                .bytes(sender.bytes())
                .bytes(receiver.bytes())
                .u32(index.value())
                .u64(bytes)
                .u8(kind.number())
                .bytes(signedBytesHash)
                .bytes(signatureHash)
                .complete();
    }

    public ReceiptRowHash hash() {
        return new ReceiptRowHash(Sha256.hash(encoded()));
    }
}
