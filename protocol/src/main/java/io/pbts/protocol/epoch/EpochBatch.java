package io.pbts.protocol.epoch;

import io.pbts.protocol.layout.FixedWidth;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A batch of rows that were credited in one transaction. What their signatures rest on follows, then the rows.
 *
 * @param number the tracker's own, which nothing on the chain commits to
 * @param position among all batches of the tracker
 * @param rows in this batch
 * @param root of the log tree over the hashes of its rows
 */
public record EpochBatch(long number, long position, long rows, Bytes32 root) implements EpochRecord {
    private static final int SIZE = 52;

    public EpochBatch {
        root = root.copy();
    }

    @Override
    public RecordType type() {
        return RecordType.BATCH;
    }

    @Override
    public Bytes body() {
        return new FixedWidth(SIZE)
                .u64(number)
                .u64(position)
                .u32(rows)
                .bytes(root)
                .complete();
    }

    static EpochBatch read(Fields fields) {
        return new EpochBatch(
                fields.u63("number"), fields.u63("position"), fields.u32("count of rows"), fields.bytes32("rows root"));
    }
}
