package io.pbts.contract.submission;

import io.pbts.contract.submission.Submission.Purpose;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A nonce of the settler and what uses it.
 *
 * @param signedBlock the chain's height when the present bytes were signed
 * @param isAccepted whether the node took the present bytes, or earlier ones, into its pool
 * @param minedBlock hash of the block it was last seen in
 */
record ChainTransaction(
        long nonce,
        long submissionId,
        Purpose purpose,
        Signer.Signed signed,
        long signedBlock,
        boolean isAccepted,
        Stage stage,
        Optional<Bytes32> minedBlock) {

    /** What the chain made of the nonce, as far as we saw. */
    enum Stage {
        SUBMITTED,
        MINED,
        FINAL,
        /** Somebody else used it. */
        LOST
    }

    /** Whether the chain was seen to have it. */
    boolean isCounted() {
        return stage == Stage.MINED || stage == Stage.FINAL;
    }
}
