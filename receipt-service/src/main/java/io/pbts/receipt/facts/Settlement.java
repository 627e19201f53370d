package io.pbts.receipt.facts;

import java.util.List;

/**
 * Where a batch stands under a root on the chain; hashes as 64 hexadecimal digits.
 *
 * @param contract the ledger that has it, a checksummed address
 * @param seq the ledger's number of the settlement, the first one of an epoch in parts
 * @param root that the contract has under it: keccak256(batches root || sums root)
 * @param index place among the epoch's batches, from 0
 * @param size batches of the epoch
 * @param path sibling hashes from the batch's root up to the batches root
 */
public record Settlement(
        String contract, long seq, String root, String sumsRoot, int index, int size, List<String> path) {
    public Settlement {
        path = List.copyOf(path);
    }
}
