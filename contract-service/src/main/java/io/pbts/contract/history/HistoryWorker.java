package io.pbts.contract.history;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerAccount.Source;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submissions;
import io.pbts.contract.succession.Successions;
import io.pbts.contract.work.Lease;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Copies every account of the predecessor's ledger into ours, whether or not its member has come yet: reads go one hop back
 * and no further, so an account that nobody copies is forgotten by the tracker after this one.
 */
@Component
class HistoryWorker {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryWorker.class);
    private static final int REQUESTS_PER_STEP = 50;
    private static final int MOST_FAILURES = 5;

    private final HistoryProperties properties;
    private final HistoryRows rows;
    private final Successions successions;
    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final ChainNode node;
    private final Contracts contracts;
    private final Submissions submissions;
    private final TransactionTemplate database;
    private final Lease lease;

    HistoryWorker(
            HistoryProperties properties,
            HistoryRows rows,
            Successions successions,
            ChainIdentities identities,
            ChainWatch watch,
            ChainNode node,
            Contracts contracts,
            Submissions submissions,
            TransactionTemplate database,
            DataSource source) {
        this.properties = properties;
        this.rows = rows;
        this.successions = successions;
        this.identities = identities;
        this.watch = watch;
        this.node = node;
        this.contracts = contracts;
        this.submissions = submissions;
        this.database = database;
        this.lease = new Lease(source, Lease.HISTORY);
    }

    void step() {
        if (watch.latest().isConnected()) {
            lease.tryRun(() -> identities.current().settlement().ifPresent(this::take));
        }
    }

    private void take(EthereumAddress settlement) {
        Optional<EthereumAddress> predecessor = properties.predecessor();
        boolean followsOurOwn = !successions.done().isEmpty();
        if (predecessor.isEmpty() && !followsOurOwn) {
            return;
        }
        LedgerContract ledger = contracts.ledger(settlement);
        EthereumAddress referrer = ledger.referrer();
        if (!properties.names(referrer) && !successions.wasOurs(referrer)) {
            throw new IllegalStateException(
                    "The ledger %s of this database follows %s and PBTS_PREDECESSOR names %s; nobody can register. Use the right address, or another database for a new ledger."
                            .formatted(settlement, referrer, predecessor.orElseThrow()));
        }
        if (!followsOurOwn) {
            read(referrer);
        }
        rows.follow();
        if (successions.open().isEmpty()) {
            copy(settlement, ledger);
        }
    }

    /** Reads the predecessor's events as far as the chain goes. */
    private void read(EthereumAddress predecessor) {
        long latest = node.block(At.LATEST).map(Block::number).orElse(-1L);
        long next = rows.nextBlock(predecessor).orElse(properties.fromBlock());
        for (int request = 0; request < REQUESTS_PER_STEP && next <= latest; request++) {
            long last = Math.min(latest, next + properties.blocksPerRequest() - 1);
            Set<ChainAccount> named = LedgerContract.accountsNamedIn(node, predecessor, next, last);
            long after = last + 1;
            database.executeWithoutResult(_ -> {
                rows.found(named);
                rows.readUpTo(predecessor, after);
            });
            if (!named.isEmpty()) {
                LOG.info("event=history_found accounts={} up_to_block={}", named.size(), last);
            }
            next = after;
        }
    }

    private void copy(EthereumAddress settlement, LedgerContract ledger) {
        if (rows.isOneUnderWay()) {
            return;
        }
        List<ChainAccount> batch = rows.next(properties.accountsPerTransaction());
        List<ChainAccount> missing = new ArrayList<>();
        List<ChainAccount> copied = new ArrayList<>();
        for (ChainAccount account : batch) {
            boolean there = ledger.account(account, At.LATEST).source() != Source.REFERRER;
            (there ? copied : missing).add(account);
        }
        rows.settle(copied, "copied");
        if (missing.isEmpty()) {
            return;
        }
        if (missing.size() == 1 && rows.failures(missing.getFirst()) > MOST_FAILURES) {
            LOG.error("event=history_refused account={}", missing.getFirst().hex());
            rows.settle(missing, "refused");
            return;
        }
        database.executeWithoutResult(_ -> {
            long submission = submissions.add(Purpose.COPY_HISTORY, settlement, ledger.migrateAll(missing));
            rows.submitted(missing, submission);
        });
        LOG.info("event=history_submitted accounts={}", missing.size());
    }
}
