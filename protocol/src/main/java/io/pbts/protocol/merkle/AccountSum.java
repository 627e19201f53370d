package io.pbts.protocol.merkle;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Keccak256;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt256;

/** What an epoch adds to one account: a leaf that a contract can check. */
public record AccountSum(ChainAccount account, long up, long down) {

    public AccountSum {
        if (up < 0 || down < 0) {
            throw new IllegalArgumentException("sums never fall: " + up + ", " + down);
        }
    }

    /** {@code keccak256(keccak256(abi.encode(bytes32, uint256, uint256)))}: twice, so that no node passes for a leaf. */
    public Bytes32 leaf() {
        return Keccak256.hash(Keccak256.hash(
                account.bytes(),
                UInt256.valueOf(up).toBytes(),
                UInt256.valueOf(down).toBytes()));
    }
}
