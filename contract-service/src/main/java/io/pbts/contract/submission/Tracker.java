package io.pbts.contract.submission;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.MinedReceipt;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.Revert;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.watch.ChainState;
import io.pbts.contract.submission.Submission.Failure;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submission.State;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Follows transactions whose nonce the chain has used: mined, final, moved to another block, or used by somebody else. */
@Component
class Tracker {
    private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

    private final ChainNode node;
    private final SettlerKey settler;
    private final Submissions submissions;
    private final TransactionStore transactions;
    private final TransactionTemplate database;
    private final SubmissionProperties properties;
    private final Reorganizations reorganizations;
    private final List<MinedListener> listeners;

    Tracker(
            ChainNode node,
            SettlerKey settler,
            Submissions submissions,
            TransactionStore transactions,
            TransactionTemplate database,
            SubmissionProperties properties,
            Reorganizations reorganizations,
            List<MinedListener> listeners) {
        this.node = node;
        this.settler = settler;
        this.submissions = submissions;
        this.transactions = transactions;
        this.database = database;
        this.properties = properties;
        this.reorganizations = reorganizations;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Looks up what became of our open transactions.
     *
     * @param used how many nonces the chain has used
     */
    void follow(ChainState.Ready chain, long used) {
        long finalized = chain.finalized().map(Block::number).orElse(-1L);
        for (ChainTransaction open : transactions.openBelow(used, finalized, properties.window())) {
            Optional<MinedReceipt> receipt = receiptOf(open);
            if (receipt.isPresent()) {
                record(open, receipt.get(), chain.finalized());
            } else if (open.isCounted()) {
                takenBack(open, chain.head());
            } else if (isFinallyUsed(open)) {
                lost(open);
            }
        }
    }

    private Optional<MinedReceipt> receiptOf(ChainTransaction open) {
        for (Bytes32 hash : transactions.hashesOf(open)) {
            Optional<MinedReceipt> receipt = node.receipt(hash);
            if (receipt.isPresent()) {
                return receipt;
            }
        }
        return Optional.empty();
    }

    private void record(ChainTransaction open, MinedReceipt receipt, Optional<Block> finalized) {
        boolean isFinal = finalized
                .filter(block -> block.number() >= receipt.blockNumber())
                .isPresent();
        boolean sameBlock =
                open.minedBlock().filter(receipt.blockHash()::equals).isPresent();
        if (sameBlock) {
            settled(open, receipt, isFinal);
            return;
        }
        if (open.minedBlock().isPresent()) {
            reorganizations.saw();
            LOG.warn("event=moved_to_another_block nonce={} block={}", open.nonce(), receipt.blockNumber());
        }
        Submission submission = submissions.find(open.submissionId()).orElseThrow();
        Optional<Failure> failure = receipt.succeeded() ? Optional.empty() : Optional.of(reasonOf(submission));
        database.executeWithoutResult(status -> {
            transactions.recordMined(open.nonce(), receipt, isFinal);
            failure.ifPresentOrElse(
                    reason -> submissions.fail(submission.id(), reason),
                    () -> submissions.become(submission.id(), isFinal ? State.FINAL : State.MINED));
            if (receipt.succeeded()) {
                listeners.forEach(listener -> listener.mined(submission, receipt));
            }
        });
        failure.ifPresent(reason -> LOG.error(
                "event=reverted submission={} purpose={} nonce={} reason=\"{}\"",
                submission.id(),
                submission.purpose().stored(),
                open.nonce(),
                reason.sentence()));
    }

    private void settled(ChainTransaction open, MinedReceipt receipt, boolean isFinal) {
        if (!isFinal) {
            return;
        }
        database.executeWithoutResult(status -> {
            transactions.recordMined(open.nonce(), receipt, true);
            if (receipt.succeeded()) {
                submissions.become(open.submissionId(), State.FINAL);
            }
        });
    }

    /** Receipts do not say why: the call is made once more, for its answer only. */
    private Failure reasonOf(Submission submission) {
        try {
            return node.simulate(settler.address(), submission.destination().orElse(null), submission.payload())
                    .map(revert -> new Failure(revert.name(), revert.sentence()))
                    .orElseGet(() -> new Failure("Reverted", "reverted, and would not now"));
        } catch (NodeRefusal refusal) {
            Revert unknown = new Revert("Reverted", List.of(refusal.sentence()));
            return new Failure(unknown.name(), unknown.sentence());
        }
    }

    private void takenBack(ChainTransaction open, Block head) {
        reorganizations.saw();
        LOG.warn(
                "event=taken_back nonce={} transaction={}",
                open.nonce(),
                open.signed().hash());
        database.executeWithoutResult(status -> transactions
                .unmine(open.nonce(), open.nonce(), head.number())
                .forEach(id -> submissions.become(id, State.SUBMITTED)));
    }

    private boolean isFinallyUsed(ChainTransaction open) {
        try {
            return node.nonce(settler.address(), At.FINALIZED) > open.nonce();
        } catch (NodeRefusal notYet) {
            // A dev chain that was just loaded knows no state two blocks back. It will.
            LOG.debug("event=finalized_state_missing cause=\"{}\"", notYet.sentence());
            return false;
        }
    }

    /** Our bytes for this nonce can never be mined any more, so another nonce is safe. */
    private void lost(ChainTransaction open) {
        LOG.error(
                "event=nonce_used_by_another nonce={} submission={}: somebody else sends with the settler's key",
                open.nonce(),
                open.submissionId());
        database.executeWithoutResult(status -> {
            transactions.recordLost(open.nonce());
            if (open.purpose() == Purpose.FILL_GAP) {
                submissions.fail(open.submissionId(), new Failure("NotNeeded", "the nonce was used by another"));
            } else {
                submissions.become(open.submissionId(), State.QUEUED);
            }
        });
    }
}
