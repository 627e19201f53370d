package io.pbts.contract.settlement;

import io.pbts.protocol.merkle.EpochRoot;
import java.time.Instant;

/**
 * An epoch that was given a number and handed over to be sent.
 *
 * @param seq one more than the number before it
 * @param toPosition the last credited batch it carries
 * @param submissionId what carries it to the chain
 * @param isOnChain whether the ledger has it, for now or for good
 * @param isAdopted whether the ledger was found to have it although that submission failed
 */
record Settlement(
        long seq,
        EpochRoot root,
        long toPosition,
        long submissionId,
        boolean isOnChain,
        boolean isAdopted,
        Instant plannedAt) {}
