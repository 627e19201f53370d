package io.pbts.contract.settlement;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes an epoch when it is time: the batches after the last settlement, as many as one transaction carries; of a batch
 * that none carries one part after the other. The plan and the call that carries it out are one database transaction; which
 * number is next is said by the chain and by us, and must be the same.
 */
@Component
class EpochCloser {
    private static final Logger LOG = LoggerFactory.getLogger(EpochCloser.class);

    private final Settlements settlements;
    private final EpochDrafts drafts;
    private final Submissions submissions;
    private final Contracts contracts;
    private final ChainIdentities identities;
    private final SettlementProperties properties;
    private final ChainProperties chain;
    private final TransactionTemplate database;
    private final Clock clock;

    EpochCloser(
            Settlements settlements,
            EpochDrafts drafts,
            Submissions submissions,
            Contracts contracts,
            ChainIdentities identities,
            SettlementProperties properties,
            ChainProperties chain,
            TransactionTemplate database,
            Clock clock) {
        this.settlements = settlements;
        this.drafts = drafts;
        this.submissions = submissions;
        this.contracts = contracts;
        this.identities = identities;
        this.properties = properties;
        this.chain = chain;
        this.database = database;
        this.clock = clock;
    }

    /** @param leaving whether the ledger is about to be left: then an epoch that was begun is completed, and none is begun */
    void closeWhenDue(Term term, boolean leaving) {
        Optional<Settlement> last = settlements.last();
        if (leaving && last.map(Settlement::isComplete).orElse(true)) {
            return;
        }
        if (last.filter(settlement -> !settlement.isOnChain()).isPresent() || !isDue(last)) {
            return;
        }
        Optional<Epoch.Part> next = drafts.next(last);
        LedgerContract ledger = contracts.ledger(term.ledger());
        if (next.isPresent() && ledgerStandsAt(last, ledger, term)) {
            plan(last, next.get(), ledger, term);
        }
    }

    /**
     * Cuts what was refused for its size in two: it had no nonce, so nothing of it is on its way. Returns whether that was
     * possible.
     */
    boolean cutSmaller(Settlement refused, Term term) {
        Optional<Epoch.Part> smaller = drafts.smaller(refused);
        smaller.ifPresent(part -> {
            Bytes call = call(term.onLedger(refused.seq()), part, contracts.ledger(term.ledger()));
            database.executeWithoutResult(status ->
                    settlements.cutAgain(refused, part, submissions.add(Purpose.SETTLE, term.ledger(), call)));
            LOG.warn(
                    "event=settlement_cut_smaller seq={} accounts={}",
                    refused.seq(),
                    part.sums().size());
        });
        return smaller.isPresent();
    }

    /** After the interval, or at once when the last epoch was too full for what was already there. */
    private boolean isDue(Optional<Settlement> last) {
        if (last.isEmpty() || !last.get().isComplete()) {
            return true;
        }
        Instant planned = last.get().plannedAt();
        boolean intervalOver = !clock.instant().isBefore(planned.plus(properties.interval(chain.isDevChain())));
        return intervalOver || drafts.isLeftOver(last.get().toPosition(), planned);
    }

    /** Whether the chain has exactly what we settled. It may be behind for a while, after a reorganization; never ahead. */
    private boolean ledgerStandsAt(Optional<Settlement> last, LedgerContract ledger, Term term) {
        long ours = term.onLedger(last.map(Settlement::seq).orElse(0L));
        long theirs = ledger.lastSeq(At.LATEST);
        if (theirs > ours) {
            identities.freeze(
                    "the ledger has settlement %d and we know of %d: is this database older than the chain, or does somebody else settle?"
                            .formatted(theirs, ours));
            return false;
        }
        if (theirs < ours) {
            return false;
        }
        if (last.isEmpty() || ours == 0) {
            return true;
        }
        Bytes32 root = ledger.rootOf(ours, At.LATEST);
        boolean sameRoot = root.equals(last.get().root().bytes());
        // No root at all: a reorganization took it back between the two questions.
        if (!sameRoot && !root.isZero()) {
            identities.freeze(
                    "the ledger has another root for settlement " + last.get().seq());
        }
        return sameRoot;
    }

    private void plan(Optional<Settlement> last, Epoch.Part part, LedgerContract ledger, Term term) {
        long seq = last.map(Settlement::seq).orElse(0L) + 1;
        Bytes call = call(term.onLedger(seq), part, ledger);
        database.executeWithoutResult(
                status -> settlements.plan(last, part, submissions.add(Purpose.SETTLE, term.ledger(), call)));
        LOG.info(
                "event=epoch_closed seq={} root={} batches={} part={} last={} receipts={} accounts={}",
                seq,
                part.root().hex(),
                part.toPosition() - part.fromPosition() + 1,
                part.number(),
                part.isLast(),
                part.receiptCount(),
                part.sums().size());
    }

    private static Bytes call(long ledgerSeq, Epoch.Part part, LedgerContract ledger) {
        return ledger.settle(ledgerSeq, part.root(), part.receiptCount(), part.sums());
    }
}
