package io.pbts.protocol.epoch;

import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.merkle.EpochRoot;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What one settlement carries of the epoch: all of it, or a part when one transaction could not name all accounts. Its sums
 * follow. Those of all parts together are what the rows give.
 *
 * @param seq number of the settlement
 * @param accounts sums of this part
 * @param sumsRoot over them
 */
public record EpochPart(long seq, long accounts, Bytes32 sumsRoot) implements EpochRecord {
    /** Fields of a part before its root, with the head of the record. */
    public static final int SUMS_ROOT_OFFSET = FRAME_HEAD + Long.BYTES + Integer.BYTES;

    private static final int SIZE = 44;

    public EpochPart {
        sumsRoot = sumsRoot.copy();
    }

    /**
     * What the contract has to have under this number.
     *
     * @param batchesRoot the header's
     */
    public EpochRoot root(Bytes32 batchesRoot) {
        return EpochRoot.of(batchesRoot, sumsRoot);
    }

    @Override
    public RecordType type() {
        return RecordType.PART;
    }

    @Override
    public Bytes body() {
        return new FixedWidth(SIZE).u64(seq).u32(accounts).bytes(sumsRoot).complete();
    }

    static EpochPart read(Fields fields) {
        return new EpochPart(
                fields.u63("number of the settlement"), fields.u32("count of accounts"), fields.bytes32("sums root"));
    }
}
