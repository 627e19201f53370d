package io.pbts.contract.settlement;

import io.pbts.protocol.merkle.EpochRoot;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * An epoch, or a part of one, that was given a number and handed over to be sent.
 *
 * @param seq one more than the number before it
 * @param fromPosition the first credited batch of the epoch
 * @param toPosition the last credited batch of the epoch
 * @param part which part of the epoch, from 1
 * @param isComplete whether nothing of the epoch is left after it
 * @param accountCount accounts it names, when that was counted
 * @param submissionId what carries it to the chain
 * @param isOnChain whether the ledger has it, for now or for good
 * @param isAdopted whether the ledger was found to have it although that submission failed
 */
record Settlement(
        long seq,
        EpochRoot root,
        long fromPosition,
        long toPosition,
        int part,
        boolean isComplete,
        OptionalInt accountCount,
        long submissionId,
        boolean isOnChain,
        boolean isAdopted,
        Instant plannedAt) {}
