package io.pbts.protocol.merkle;

import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.hash.Keccak256;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/** What the contract keeps of an epoch: {@code keccak256(batchesRoot || sumsRoot)}. */
public record EpochRoot(Bytes32 bytes) {

    public EpochRoot {
        bytes = bytes.copy();
    }

    /**
     * The root of an epoch.
     *
     * @param batchRoots rows root of each batch, in ledger order
     */
    public static EpochRoot of(List<Bytes32> batchRoots, List<AccountSum> sums) {
        return of(LogTree.of(batchRoots).root(), SumsTree.of(sums).root());
    }

    public static EpochRoot of(Bytes32 batchesRoot, Bytes32 sumsRoot) {
        return new EpochRoot(Keccak256.hash(batchesRoot, sumsRoot));
    }

    public static EpochRoot fromHex(String hex) {
        return new EpochRoot(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
    }

    /** Lower case, without a prefix. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }
}
