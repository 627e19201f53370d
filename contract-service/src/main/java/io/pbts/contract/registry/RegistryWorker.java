package io.pbts.contract.registry;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.registry.KeyRows.Waiting;
import io.pbts.contract.registry.RegistryProperties.Publish;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submissions;
import io.pbts.contract.succession.Successions;
import io.pbts.contract.work.Lease;
import io.pbts.protocol.account.EthereumAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes keys to the ledger, a transaction at a time. Rotations go before first keys: who trusts a key that was revoked is
 * worse off than who does not find one. The number of a later key is the ledger's own, so that one repeated undoes nothing.
 */
@Component
class RegistryWorker {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWorker.class);

    private final KeyRows rows;
    private final RegistryProperties properties;
    private final Publish publish;
    private final Successions successions;
    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final Contracts contracts;
    private final Submissions submissions;
    private final TransactionTemplate database;
    private final Lease lease;

    RegistryWorker(
            KeyRows rows,
            RegistryProperties properties,
            ChainProperties chain,
            Successions successions,
            ChainIdentities identities,
            ChainWatch watch,
            Contracts contracts,
            Submissions submissions,
            TransactionTemplate database,
            DataSource source) {
        this.rows = rows;
        this.properties = properties;
        this.publish = properties.publish(chain.isDevChain());
        this.successions = successions;
        this.identities = identities;
        this.watch = watch;
        this.contracts = contracts;
        this.submissions = submissions;
        this.database = database;
        this.lease = new Lease(source, Lease.KEY_REGISTRY);
    }

    void step() {
        if (publish != Publish.NONE && watch.latest().isConnected()) {
            lease.tryRun(() -> identities.current().settlement().ifPresent(this::write));
        }
    }

    private void write(EthereumAddress settlement) {
        rows.follow();
        if (rows.isOneUnderWay() || successions.open().isPresent()) {
            return;
        }
        Optional<Waiting> later = rows.nextLater();
        if (later.isPresent()) {
            rotate(later.get(), settlement);
        } else if (publish == Publish.ALL) {
            publish(rows.nextFirst(properties.keysPerTransaction()), settlement);
        }
    }

    private void publish(List<Waiting> keys, EthereumAddress settlement) {
        if (keys.isEmpty()) {
            return;
        }
        LedgerContract ledger = contracts.ledger(settlement);
        database.executeWithoutResult(_ -> {
            long submission = submissions.add(
                    Purpose.PUBLISH_KEYS,
                    settlement,
                    ledger.publishKeys(keys.stream().map(Waiting::key).toList()));
            rows.submitted(keys, OptionalLong.of(0), submission);
        });
        LOG.info("event=keys_submitted accounts={}", keys.size());
    }

    private void rotate(Waiting key, EthereumAddress settlement) {
        LedgerContract ledger = contracts.ledger(settlement);
        try {
            long inForce = ledger.keyNumberOf(key.account());
            if (ledger.keyAt(key.account(), inForce).equals(key.key())) {
                rows.found(key, inForce);
                return;
            }
            long number = inForce + 1;
            database.executeWithoutResult(_ -> {
                long submission = submissions.add(
                        Purpose.ROTATE_KEY, settlement, ledger.rotateKey(key.account(), number, key.key()));
                rows.submitted(List.of(key), OptionalLong.of(number), submission);
            });
            LOG.info(
                    "event=key_rotation_submitted account={} number={}",
                    key.account().hex(),
                    number);
        } catch (NodeRefusal notThere) {
            // A chain that began anew has no ledger until what created it is mined again.
            LOG.debug("event=ledger_not_readable cause=\"{}\"", notThere.sentence());
        }
    }
}
