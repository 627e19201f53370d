package io.pbts.contract.settlement;

import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.settlement.feed.Feeds;
import io.pbts.contract.succession.SuccessionWorker;
import io.pbts.contract.succession.Successions;
import io.pbts.contract.work.Lease;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** From feed to chain: copy what is new, enrol accounts, close an epoch, compare. Without a chain it goes on copying. */
@Component
class SettlementWorker {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementWorker.class);

    private final Feeds feeds;
    private final EnrolmentWorker enrolments;
    private final SettlementFollower follower;
    private final EpochCloser epochs;
    private final Reconciliation reconciliation;
    private final SuccessionWorker succession;
    private final Successions successions;
    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final Lease lease;

    SettlementWorker(
            Feeds feeds,
            EnrolmentWorker enrolments,
            SettlementFollower follower,
            EpochCloser epochs,
            Reconciliation reconciliation,
            SuccessionWorker succession,
            Successions successions,
            ChainIdentities identities,
            ChainWatch watch,
            SettlerKey settler,
            DataSource database) {
        this.feeds = feeds;
        this.enrolments = enrolments;
        this.follower = follower;
        this.epochs = epochs;
        this.reconciliation = reconciliation;
        this.succession = succession;
        this.successions = successions;
        this.identities = identities;
        this.watch = watch;
        this.lease = new Lease(database, "pbts-settlement-" + settler.address());
    }

    void step() {
        lease.tryRun(this::settle);
    }

    private void settle() {
        feeds.copyNew();
        enrolments.follow();
        follower.follow();
        succession.step();
        ChainIdentity identity = identities.current();
        Optional<Term> term = Term.of(identity);
        if (term.isEmpty()) {
            return;
        }
        boolean leaving = successions.open().isPresent();
        if (!leaving) {
            enrolments.enrollWhenDue(term.get().ledger());
        }
        if (!watch.latest().isConnected()) {
            return;
        }
        try {
            if (identity.frozenReason().isEmpty()) {
                follower.explainFailures(term.get());
                epochs.closeWhenDue(term.get(), leaving);
            }
            reconciliation.compareWhenDue(term.get());
        } catch (NodeRefusal notThere) {
            // A chain that began anew has no ledger until what created it is mined again.
            LOG.warn("event=ledger_not_readable cause=\"{}\"", notThere.sentence());
        }
    }
}
