package io.pbts.protocol.receipt;

import io.pbts.protocol.layout.FixedWidth;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What a tracker signs when it has taken receipts: that rows of these hashes stand in its ledger. Whoever holds it can show
 * later that a row was dropped or changed.
 *
 * @param first lowest sequence number among the rows
 * @param count rows, 1 or more
 * @param root of the tree over the row hashes in ascending sequence
 */
public record Acknowledgement(InstanceId instance, long first, int count, Bytes32 root) {
    /** The length of {@link #signedBytes()}. */
    public static final int SIGNED_SIZE = 85;

    public Acknowledgement {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException("not rows of a ledger: %d from %d".formatted(count, first));
        }
        root = root.copy();
    }

    /** Over these rows, which ascend by sequence from {@code first}. */
    public static Acknowledgement of(InstanceId instance, long first, List<ReceiptRowHash> rows) {
        return new Acknowledgement(instance, first, rows.size(), ReceiptRowHash.root(rows));
    }

    /** What the tracker's Ed25519 key signs. */
    public Bytes signedBytes() {
        return new FixedWidth(SIGNED_SIZE)
                .ascii("PBTS-ACK")
                .u8(1)
                .bytes(instance.bytes())
                .u64(first)
                .u32(count)
                .bytes(root)
                .complete();
    }
}
