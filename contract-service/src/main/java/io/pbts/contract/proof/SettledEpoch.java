package io.pbts.contract.proof;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.EpochRoot;
import java.util.List;

/**
 * An epoch and the settlements that carry it, as far as they are planned: all of them in one ledger.
 *
 * @param contract the ledger, which need not be the present one
 * @param parts in their order, from the first
 */
record SettledEpoch(EthereumAddress contract, long fromPosition, long toPosition, List<Part> parts) {
    /**
     * One settlement.
     *
     * @param seq our number of it, counted through all ledgers
     * @param contractSeq the ledger's
     * @param number which part of the epoch, from 1
     * @param isLast whether nothing of the epoch is left after it
     * @param isOnChain whether the ledger has it, for now or for good
     */
    record Part(long seq, long contractSeq, int number, boolean isLast, boolean isOnChain, EpochRoot root) {
        boolean isWhole() {
            return number == 1 && isLast;
        }
    }

    SettledEpoch {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.getFirst().number() != 1) {
            throw new IllegalArgumentException("an epoch up to %d without a first part".formatted(toPosition));
        }
    }

    /** Whether the ledger had no settlement before this epoch. */
    boolean isFirstOfLedger() {
        return parts.getFirst().contractSeq() == 1;
    }

    boolean isSettled() {
        return parts.getLast().isLast() && parts.stream().allMatch(Part::isOnChain);
    }

    Part part(long seq) {
        return parts.stream()
                .filter(part -> part.seq() == seq)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part " + seq));
    }
}
