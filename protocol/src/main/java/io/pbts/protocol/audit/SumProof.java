package io.pbts.protocol.audit;

import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.merkle.SumsTree;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Shows what an epoch added to one account, to whoever knows the epoch's root: from the sum up to the root that the contract
 * has.
 *
 * @param path sibling hashes from the sum's leaf up to the sums root
 * @param batchesRoot the other half of the epoch's root
 */
public record SumProof(AccountSum sum, List<Bytes32> path, Bytes32 batchesRoot) {
    /** The longest path there can be: a tree has fewer leaves than an array has places. */
    public static final int MAX_PATH = 32;

    public SumProof {
        path = List.copyOf(path);
        batchesRoot = batchesRoot.copy();
        if (path.size() > MAX_PATH) {
            throw new IllegalArgumentException("a path of %d hashes".formatted(path.size()));
        }
    }

    /** The root that the contract has if this is true. */
    public EpochRoot root() {
        return EpochRoot.of(batchesRoot, SumsTree.rootOver(sum, path));
    }

    public boolean verifies(EpochRoot root) {
        return root().equals(root);
    }
}
