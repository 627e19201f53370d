package io.pbts.protocol.epoch;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.merkle.AccountSum;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** What a part of the epoch adds to one account. Ascending by account within the part, after all batches. */
public record EpochSum(AccountSum sum) implements EpochRecord {
    private static final int SIZE = Bytes32.SIZE + 2 * Long.BYTES;

    @Override
    public RecordType type() {
        return RecordType.SUM;
    }

    @Override
    public Bytes body() {
        return new FixedWidth(SIZE)
                .bytes(sum.account().bytes())
                .u64(sum.up())
                .u64(sum.down())
                .complete();
    }

    static EpochSum read(Fields fields) {
        return new EpochSum(
                new AccountSum(new ChainAccount(fields.bytes32("account")), fields.u63("up"), fields.u63("down")));
    }
}
