package io.pbts.contract.settlement;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submissions;
import io.pbts.protocol.account.EthereumAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes an epoch when it is time: the batches after the last settlement, as many as one transaction carries. The plan and
 * the call that carries it out are one database transaction; which number is next is said by the chain and by us, and must
 * be the same.
 */
@Component
class EpochCloser {
    private static final Logger LOG = LoggerFactory.getLogger(EpochCloser.class);

    private final Settlements settlements;
    private final CreditItems items;
    private final Submissions submissions;
    private final Contracts contracts;
    private final ChainIdentities identities;
    private final SettlementProperties properties;
    private final ChainProperties chain;
    private final TransactionTemplate database;
    private final Clock clock;

    EpochCloser(
            Settlements settlements,
            CreditItems items,
            Submissions submissions,
            Contracts contracts,
            ChainIdentities identities,
            SettlementProperties properties,
            ChainProperties chain,
            TransactionTemplate database,
            Clock clock) {
        this.settlements = settlements;
        this.items = items;
        this.submissions = submissions;
        this.contracts = contracts;
        this.identities = identities;
        this.properties = properties;
        this.chain = chain;
        this.database = database;
        this.clock = clock;
    }

    void closeWhenDue(EthereumAddress address) {
        Optional<Settlement> last = settlements.last();
        if (last.filter(settlement -> !settlement.isOnChain()).isPresent() || !isDue(last)) {
            return;
        }
        long previousPosition = last.map(Settlement::toPosition).orElse(0L);
        Epoch.Draft draft = draft(previousPosition);
        LedgerContract ledger = contracts.ledger(address);
        if (!draft.isEmpty() && ledgerStandsAt(last, ledger)) {
            plan(last, draft.closeAfter(previousPosition), ledger, address);
        }
    }

    /** After the interval, or at once when the last epoch was too full for what was already there. */
    private boolean isDue(Optional<Settlement> last) {
        if (last.isEmpty()) {
            return true;
        }
        Instant planned = last.get().plannedAt();
        boolean intervalOver = !clock.instant().isBefore(planned.plus(properties.interval(chain.isDevChain())));
        return intervalOver
                || items.at(last.get().toPosition() + 1)
                        .filter(left -> left.pulledAt().isBefore(planned))
                        .isPresent();
    }

    private Epoch.Draft draft(long previousPosition) {
        Epoch.Draft draft = new Epoch.Draft(properties);
        Instant longEnough = clock.instant().minus(properties.enrolmentPatience());
        for (int n = 1; n <= properties.itemsPerEpoch(); n++) {
            Optional<CreditItems.Item> next = items.at(previousPosition + n);
            if (next.isEmpty()) {
                break;
            }
            boolean tooEarly =
                    next.get().waitsForEnrolment() && next.get().pulledAt().isAfter(longEnough);
            if (tooEarly || !draft.add(next.get())) {
                break;
            }
        }
        return draft;
    }

    /** Whether the chain has exactly what we settled. It may be behind for a while, after a reorganization; never ahead. */
    private boolean ledgerStandsAt(Optional<Settlement> last, LedgerContract ledger) {
        long ours = last.map(Settlement::seq).orElse(0L);
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
        boolean sameRoot = last.isEmpty()
                || ledger.rootOf(ours, At.LATEST).equals(last.get().root().bytes());
        if (!sameRoot) {
            identities.freeze("the ledger has another root for settlement " + ours);
        }
        return sameRoot;
    }

    private void plan(Optional<Settlement> last, Epoch epoch, LedgerContract ledger, EthereumAddress address) {
        long seq = last.map(Settlement::seq).orElse(0L) + 1;
        Bytes call = ledger.settle(seq, epoch.root(), epoch.receiptCount(), epoch.sums());
        database.executeWithoutResult(status -> {
            long submission = submissions.add(Purpose.SETTLE, address, call);
            settlements.plan(last, epoch, submission);
        });
        LOG.info(
                "event=epoch_closed seq={} root={} batches={} receipts={} accounts={}",
                seq,
                epoch.root().hex(),
                epoch.batchRoots().size(),
                epoch.receiptCount(),
                epoch.sums().size());
    }
}
