package io.pbts.protocol.audit;

import io.pbts.protocol.epoch.EpochBatch;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import io.pbts.protocol.merkle.GrowingLog;
import io.pbts.protocol.receipt.ReceiptRowHash;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;

/** Roots of the batches: as they are stated, and as the rows give them. */
final class BatchRoots {
    /** Fields of a batch before its root, with the head of the record. */
    private static final int ROOT_OFFSET = 24;

    private final GrowingLog stated = new GrowingLog();
    private final GrowingLog computed = new GrowingLog();
    private GrowingLog rows = new GrowingLog();
    private long offset;
    private long end;
    private long firstRow;
    private long lastSequence = -1;
    private @Nullable Current current;
    private @Nullable Mismatch mismatch;

    private record Current(long offset, EpochBatch batch) {}

    /** A batch whose rows give another root than it states. */
    record Mismatch(long batch, long position, long rows, long end) {
        /**
         * What is wrong: the root where the rows are right, otherwise the rows.
         *
         * @param rootIsRight whether the stated roots give what the chain has
         * @param rowsAreRight whether the rows do
         */
        WrongEpoch explained(boolean rootIsRight, boolean rowsAreRight) {
            if (rowsAreRight) {
                return new WrongEpoch(new Finding(
                        batch + ROOT_OFFSET,
                        Bytes32.SIZE,
                        "batch",
                        "rows root",
                        "is not the root of its rows, which are right"));
            }
            String problem = rootIsRight
                    ? "do not give its rows root, which is right"
                    : "do not give its rows root, and one of the two is not what the chain has";
            return new WrongEpoch(
                    new Finding(rows, end - rows, "rows of the batch at position " + position, "", problem));
        }
    }

    void begin(Located record, EpochBatch batch) {
        if (stated.size() == 0) {
            offset = record.offset();
        }
        stated.add(batch.root());
        current = new Current(record.offset(), batch);
        rows = new GrowingLog();
        lastSequence = -1;
        end = record.offset() + record.size();
    }

    boolean wantsRow() {
        return current != null && rows.size() < current.batch().rows();
    }

    boolean isBeforeRows() {
        return current != null && rows.size() == 0;
    }

    /** Adds a row that is wanted; false when it does not follow the one before it. */
    boolean add(Located record, long sequence, ReceiptRowHash hash) {
        if (sequence <= lastSequence) {
            return false;
        }
        if (rows.size() == 0) {
            firstRow = record.offset();
        }
        lastSequence = sequence;
        rows.add(hash.bytes());
        end = record.offset() + record.size();
        if (current != null && !wantsRow()) {
            close(current);
        }
        return true;
    }

    private void close(Current batch) {
        Bytes32 root = rows.root();
        computed.add(root);
        if (mismatch == null && !root.equals(batch.batch().root())) {
            mismatch = new Mismatch(batch.offset(), batch.batch().position(), firstRow, end);
        }
    }

    long count() {
        return stated.size();
    }

    /** Where the first batch begins. */
    long offset() {
        return offset;
    }

    /** Where the last one ends. */
    long end() {
        return end;
    }

    Bytes32 stated() {
        return stated.root();
    }

    Bytes32 computed() {
        return computed.root();
    }

    Optional<Mismatch> mismatch() {
        return Optional.ofNullable(mismatch);
    }
}
