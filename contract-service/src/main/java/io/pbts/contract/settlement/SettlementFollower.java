package io.pbts.contract.settlement;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.settlement.SettlementCounts.Outcome;
import io.pbts.contract.submission.Submission;
import io.pbts.contract.submission.Submission.Failure;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submissions;
import io.pbts.protocol.account.EthereumAddress;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps settlements as far as their transactions are, and asks the ledger itself when a transaction failed. */
@Component
class SettlementFollower {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementFollower.class);
    /** Failures that say nothing against the epoch itself: it came too early or too late, or ran out of gas. */
    private static final Set<String> WORTH_ASKING = Set.of("WrongSequence", "Reverted");
    /**
     * Refusals that may say only that it is too much at once. A ledger that runs out of gas behind its clone reverts without
     * a word.
     */
    private static final Set<String> TOO_LARGE = Set.of("TooMuchGas", "BatchTooLarge", "Reverted");

    private final Settlements settlements;
    private final EpochCloser epochs;
    private final Submissions submissions;
    private final Contracts contracts;
    private final ChainIdentities identities;
    private final TransactionTemplate database;
    private final SettlementCounts counts;

    SettlementFollower(
            Settlements settlements,
            EpochCloser epochs,
            Submissions submissions,
            Contracts contracts,
            ChainIdentities identities,
            TransactionTemplate database,
            SettlementCounts counts) {
        this.settlements = settlements;
        this.epochs = epochs;
        this.submissions = submissions;
        this.contracts = contracts;
        this.identities = identities;
        this.database = database;
        this.counts = counts;
    }

    void follow() {
        settlements.follow().forEach(counts::reached);
    }

    /** Explains failed ones by what the ledger has: it is there after all, or it has to be sent again. */
    void explainFailures(Term term) {
        for (Settlement settlement : settlements.unexplained()) {
            if (term.holds(settlement)) {
                explain(settlement, term);
            } else {
                identities.freeze("settlement %d in a ledger that was left failed".formatted(settlement.seq()));
            }
        }
    }

    /** The operator wants what was refused to be tried once more. */
    void askAgainWhatWasRefused(Term term) {
        long last = term.ours(contracts.ledger(term.ledger()).lastSeq(At.LATEST));
        settlements.unexplained().stream()
                .filter(settlement -> settlement.seq() == last + 1 && term.holds(settlement))
                .forEach(settlement -> askAgain(
                        settlement, submissions.find(settlement.submissionId()).orElseThrow(), term.ledger()));
    }

    private void explain(Settlement settlement, Term term) {
        LedgerContract ledger = contracts.ledger(term.ledger());
        long last = term.ours(ledger.lastSeq(At.LATEST));
        if (last >= settlement.seq()) {
            adopt(settlement, ledger, term);
            return;
        }
        Submission failed = submissions.find(settlement.submissionId()).orElseThrow();
        Failure failure = failed.failure().orElseThrow();
        boolean wasSigned = failed.transaction().isPresent();
        if (!wasSigned && last == settlement.seq() - 1 && TOO_LARGE.contains(failure.code())) {
            if (epochs.cutSmaller(settlement, term)) {
                counts.count(Outcome.CUT);
            } else {
                refused(settlement, failure);
            }
            return;
        }
        if (!WORTH_ASKING.contains(failure.code())) {
            refused(settlement, failure);
        } else if (last == settlement.seq() - 1) {
            askAgain(settlement, failed, term.ledger());
        }
    }

    private void refused(Settlement settlement, Failure failure) {
        identities.freeze("settlement %d was refused: %s".formatted(settlement.seq(), failure.sentence()));
        counts.count(Outcome.REFUSED);
    }

    private void adopt(Settlement settlement, LedgerContract ledger, Term term) {
        Bytes32 root = ledger.rootOf(term.onLedger(settlement.seq()), At.LATEST);
        if (root.isZero()) {
            return; // a reorganization took it back between the two questions
        }
        if (!root.equals(settlement.root().bytes())) {
            identities.freeze("the ledger has another root for settlement " + settlement.seq());
        } else if (!settlement.isAdopted()) {
            settlements.adopt(settlement);
            counts.count(Outcome.FOUND);
            LOG.warn("event=settlement_found_on_chain seq={}", settlement.seq());
        }
    }

    private void askAgain(Settlement settlement, Submission failed, EthereumAddress address) {
        database.executeWithoutResult(
                status -> settlements.carryBy(settlement, submissions.add(Purpose.SETTLE, address, failed.payload())));
        counts.count(Outcome.ASKED_AGAIN);
        LOG.warn("event=settlement_asked_again seq={}", settlement.seq());
    }
}
