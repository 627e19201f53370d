package io.pbts.protocol.epoch;

import io.pbts.protocol.account.AccountKey;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A receipt that was signed into an aggregate of this batch and has no row in it. Without it nobody could check the aggregate.
 *
 * @param aggregateHash SHA-256 of the aggregate
 */
public record EpochMember(Bytes32 aggregateHash, AccountKey.Bls receiver, Bytes signedBytes) implements EpochRecord {
    public EpochMember {
        aggregateHash = aggregateHash.copy();
        signedBytes = signedBytes.copy();
    }

    @Override
    public RecordType type() {
        return RecordType.MEMBER;
    }

    @Override
    public Bytes body() {
        return Bytes.concatenate(aggregateHash, receiver.bytes(), signedBytes);
    }

    static EpochMember read(Fields fields) {
        return new EpochMember(
                fields.bytes32("hash of the aggregate"),
                new AccountKey.Bls(fields.bytes("receiver's key", AccountKey.Bls.SIZE)),
                fields.rest("signed bytes"));
    }
}
