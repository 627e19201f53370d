package io.pbts.protocol.epoch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.InstanceId;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Which epoch a file is of, and the root over its batches, which is half of every root that the chain has of it.
 *
 * @param deployment tracker, chain and contract
 * @param seq number of the settlement that carries its first part, from 1; those of the others follow without gaps
 * @param fromPosition of the first batch among all of the tracker, from 1
 * @param toPosition of the last
 * @param receipts rows in the file
 * @param parts settlements that carry it, 1 unless one transaction could not
 * @param previousRoot of the settlement before the first; zeros when there is none
 */
public record EpochHeader(
        Deployment deployment,
        long seq,
        long fromPosition,
        long toPosition,
        long receipts,
        long parts,
        Bytes32 batchesRoot,
        Bytes32 previousRoot)
        implements EpochRecord {
    /** Where fields stand in a file, whose first record this is. */
    public static final int CHAIN_ID_OFFSET = FRAME_HEAD + 43;

    public static final int CONTRACT_OFFSET = CHAIN_ID_OFFSET + Long.BYTES;
    public static final int SEQ_OFFSET = CONTRACT_OFFSET + EthereumAddress.SIZE;
    public static final int RECEIPTS_OFFSET = SEQ_OFFSET + 3 * Long.BYTES;
    public static final int PARTS_OFFSET = RECEIPTS_OFFSET + Long.BYTES;
    public static final int BATCHES_ROOT_OFFSET = PARTS_OFFSET + Integer.BYTES;
    public static final int PREVIOUS_ROOT_OFFSET = BATCHES_ROOT_OFFSET + Bytes32.SIZE;

    static final String TAG = "PBTS-EPOCH";
    private static final int VERSION = 1;
    private static final int SIZE = 171;

    public EpochHeader {
        batchesRoot = batchesRoot.copy();
        previousRoot = previousRoot.copy();
    }

    @Override
    public RecordType type() {
        return RecordType.HEADER;
    }

    @Override
    public Bytes body() {
        return new FixedWidth(SIZE)
                .ascii(TAG)
                .u8(VERSION)
                .bytes(deployment.instance().bytes())
                .u64(deployment.chainId())
                .bytes(deployment.contract().bytes())
                .u64(seq)
                .u64(fromPosition)
                .u64(toPosition)
                .u64(receipts)
                .u32(parts)
                .bytes(batchesRoot)
                .bytes(previousRoot)
                .complete();
    }

    static EpochHeader read(Fields fields) {
        if (!fields.bytes("tag", TAG.length()).equals(Bytes.wrap(TAG.getBytes(US_ASCII)))) {
            throw fields.wrong("is not " + TAG);
        }
        if (fields.u8("version") != VERSION) {
            throw fields.wrong("is not " + VERSION);
        }
        var instance = new InstanceId(fields.bytes32("instance id"));
        long chainId = positive(fields, "chain id", 1);
        var contract = new EthereumAddress(fields.bytes("contract", EthereumAddress.SIZE));
        long seq = positive(fields, "number of the settlement", 1);
        long from = positive(fields, "first position", 1);
        long to = positive(fields, "last position", from);
        long receipts = positive(fields, "count of receipts", to - from + 1);
        long parts = fields.u32("count of parts");
        if (parts < 1) {
            throw fields.wrong("is 0");
        }
        return new EpochHeader(
                new Deployment(chainId, contract, instance),
                seq,
                from,
                to,
                receipts,
                parts,
                fields.bytes32("batches root"),
                fields.bytes32("previous root"));
    }

    private static long positive(Fields fields, String name, long least) {
        long value = fields.u63(name);
        if (value < least) {
            throw fields.wrong("is %d, below %d".formatted(value, least));
        }
        return value;
    }
}
