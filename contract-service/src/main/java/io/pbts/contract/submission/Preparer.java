package io.pbts.contract.submission;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.GasEstimate;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.submission.Submission.Failure;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submission.State;
import io.pbts.support.FactUnavailable;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives queued submissions a nonce and a signature, and commits both before anybody is shown the bytes. */
@Component
class Preparer {
    private static final Logger LOG = LoggerFactory.getLogger(Preparer.class);
    private static final long TRANSFER_GAS = 21_000;

    /** What nodes say (anvil, geth, reth, nethermind) when a call would not even fit into a block or under their cap. */
    private static final Set<String> BEYOND_A_BLOCK = Set.of(
            "out of gas", "outofgas", "gas required exceeds", "exceeds block gas limit", "gas limit is too high");

    private final ChainNode node;
    private final SettlerKey settler;
    private final Signer signer;
    private final FeeBudget budget;
    private final Submissions submissions;
    private final TransactionStore transactions;
    private final TransactionTemplate database;
    private final SubmissionProperties properties;
    private boolean waitsForFees;

    Preparer(
            ChainNode node,
            SettlerKey settler,
            Signer signer,
            FeeBudget budget,
            Submissions submissions,
            TransactionStore transactions,
            TransactionTemplate database,
            SubmissionProperties properties) {
        this.node = node;
        this.settler = settler;
        this.signer = signer;
        this.budget = budget;
        this.submissions = submissions;
        this.transactions = transactions;
        this.database = database;
        this.properties = properties;
    }

    /** Prepares those whose turn it is. */
    void prepare(Block head) {
        var ready = submissions.ready(properties.window());
        if (ready.isEmpty()) {
            return;
        }
        Optional<Fees> fees = signer.fees(head);
        if (fees.isEmpty() && !waitsForFees) {
            LOG.warn("event=fee_above_cap base_fee_wei={} cap_gwei={}", head.baseFee(), properties.maxFeeGwei());
        }
        waitsForFees = fees.isEmpty();
        if (waitsForFees) {
            return;
        }
        for (Submission submission : ready) {
            prepare(submission, fees.get(), head);
        }
    }

    /** One that cannot be prepared, for a reason nobody foresaw, must not keep the others from the chain. */
    private void prepare(Submission submission, Fees fees, Block head) {
        try {
            gasFor(submission)
                    .filter(gas -> budget.allows(gas, fees.most()))
                    .ifPresent(gas -> store(submission, nextNonce(), gas, fees, head));
        } catch (FactUnavailable | DataAccessException | TransactionException passing) {
            throw passing;
        } catch (RuntimeException unforeseen) {
            LOG.error("event=not_prepared submission={}", submission.id(), unforeseen);
        }
    }

    /**
     * Uses up a nonce that the chain waits for and nobody has, because the transaction that once had it is no longer there:
     * without it the ones behind can never be mined.
     */
    void fillGap(long nonce, Block head) {
        Optional<Fees> fees = signer.fees(head);
        if (fees.isEmpty() || !budget.allows(TRANSFER_GAS, fees.get().most())) {
            return;
        }
        LOG.warn("event=nonce_gap_filled nonce={}", nonce);
        database.executeWithoutResult(status -> {
            long id = submissions.add(Purpose.FILL_GAP, settler.address(), org.apache.tuweni.bytes.Bytes.EMPTY);
            Submission filler = submissions.find(id).orElseThrow();
            Signer.Signed signed = signer.sign(filler, nonce, TRANSFER_GAS, fees.get());
            submissions.move(id, State.QUEUED, State.SUBMITTED);
            if (transactions.at(nonce).isPresent()) {
                transactions.reuse(nonce, filler, signed, head.number());
            } else {
                transactions.insert(nonce, filler, signed, head.number());
            }
        });
    }

    private Optional<Long> gasFor(Submission submission) {
        if (submission.destination().isPresent()
                && !node.hasCode(submission.destination().get())) {
            // A call to nothing succeeds and does nothing. The contract comes back when what created it is mined again.
            LOG.warn(
                    "event=no_contract_yet submission={} destination={}",
                    submission.id(),
                    submission.destination().get());
            return Optional.empty();
        }
        try {
            GasEstimate estimate =
                    node.estimate(settler.address(), submission.destination().orElse(null), submission.payload());
            return switch (estimate) {
                case GasEstimate.Enough(long gas) -> withMargin(submission, gas);
                case GasEstimate.Reverts(var revert) ->
                    refused(submission, new Failure(revert.name(), revert.sentence()));
            };
        } catch (NodeRefusal refusal) {
            String said = refusal.sentence().toLowerCase(Locale.ROOT);
            if (BEYOND_A_BLOCK.stream().anyMatch(said::contains)) {
                return refused(submission, tooMuchGas(refusal.sentence()));
            }
            LOG.warn("event=not_estimated submission={} cause=\"{}\"", submission.id(), refusal.sentence());
            return Optional.empty();
        }
    }

    private Optional<Long> withMargin(Submission submission, long gas) {
        if (gas > properties.maxGas()) {
            return refused(
                    submission,
                    tooMuchGas("needs %d gas, a transaction may use %d".formatted(gas, properties.maxGas())));
        }
        long withMargin = gas + gas * properties.gasMarginPercent() / 100;
        return Optional.of(Math.min(withMargin, properties.maxGas()));
    }

    private static Failure tooMuchGas(String sentence) {
        return new Failure("TooMuchGas", sentence);
    }

    private Optional<Long> refused(Submission submission, Failure failure) {
        LOG.warn(
                "event=submission_refused submission={} purpose={} reason=\"{}\"",
                submission.id(),
                submission.purpose().stored(),
                failure.sentence());
        submissions.fail(submission.id(), failure);
        return Optional.empty();
    }

    /** Our own records say what is next. The chain only adds what somebody else sent with our key. */
    private long nextNonce() {
        long onChain = node.nonce(settler.address(), At.LATEST);
        return Math.max(transactions.nextNonce().orElse(onChain), onChain);
    }

    private void store(Submission submission, long nonce, long gas, Fees fees, Block head) {
        Signer.Signed signed = signer.sign(submission, nonce, gas, fees);
        try {
            database.executeWithoutResult(status -> {
                if (submissions.move(submission.id(), State.QUEUED, State.SUBMITTED)) {
                    transactions.insert(nonce, submission, signed, head.number());
                }
            });
        } catch (DuplicateKeyException taken) {
            LOG.warn("event=nonce_taken nonce={} submission={}", nonce, submission.id(), taken);
            return;
        }
        LOG.info(
                "event=signed submission={} purpose={} nonce={} transaction={}",
                submission.id(),
                submission.purpose().stored(),
                nonce,
                signed.hash());
    }
}
