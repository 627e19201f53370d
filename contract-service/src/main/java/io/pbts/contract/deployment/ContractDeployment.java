package io.pbts.contract.deployment;

import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.FactoryContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.history.HistoryProperties;
import io.pbts.contract.submission.Submission;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submission.State;
import io.pbts.contract.submission.Submissions;
import io.pbts.contract.succession.Successions;
import io.pbts.contract.work.Lease;
import io.pbts.protocol.account.EthereumAddress;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees to it that there is a ledger to settle in. Addresses from the configuration are checked and remembered; on a dev
 * chain without them a factory and a ledger are created once. Both are ordinary submissions, so a dev chain that begins
 * anew gets them again by the same bytes, at the same addresses.
 */
@Component
class ContractDeployment {
    private static final Logger LOG = LoggerFactory.getLogger(ContractDeployment.class);

    private final ChainProperties properties;
    private final HistoryProperties history;
    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final ChainNode node;
    private final SettlerKey settler;
    private final Contracts contracts;
    private final Submissions submissions;
    private final Successions successions;
    private final Lease lease;
    private @Nullable String lastObstacle;

    ContractDeployment(
            ChainProperties properties,
            HistoryProperties history,
            ChainIdentities identities,
            ChainWatch watch,
            ChainNode node,
            SettlerKey settler,
            Contracts contracts,
            Submissions submissions,
            Successions successions,
            DataSource database) {
        this.properties = properties;
        this.history = history;
        this.identities = identities;
        this.watch = watch;
        this.node = node;
        this.settler = settler;
        this.contracts = contracts;
        this.submissions = submissions;
        this.successions = successions;
        this.lease = new Lease(database, "pbts-deployment-" + settler.address());
        requireTheRecordedLedger();
    }

    void step() {
        if (identities.current().settlement().isEmpty() && watch.latest().isConnected()) {
            lease.tryRun(this::provide);
        }
    }

    private void requireTheRecordedLedger() {
        Optional<EthereumAddress> recorded = identities.current().settlement();
        Optional<EthereumAddress> configured = properties.settlement();
        boolean isRecorded = configured.isEmpty()
                || recorded.isEmpty()
                || recorded.equals(configured)
                || successions.wasOurs(configured.get());
        if (!isRecorded) {
            throw new IllegalStateException(
                    "This database settles in %s and PBTS_SETTLEMENT_ADDRESS is %s. A ledger is never exchanged under its records; use another database, or POST /api/v1/chain/successor."
                            .formatted(recorded.get(), configured.get()));
        }
    }

    private void provide() {
        ChainIdentity identity = identities.current();
        if (identity.factory().isEmpty() && properties.factory().isPresent()) {
            adoptFactory(properties.factory().get());
        } else if (properties.settlement().isPresent()) {
            adoptLedger(properties.settlement().get());
        } else if (!properties.isDevChain()) {
            obstacle("no ledger is configured: deploy one and set PBTS_FACTORY_ADDRESS and PBTS_SETTLEMENT_ADDRESS");
        } else if (identity.factory().isEmpty() && history.predecessor().isPresent()) {
            obstacle(
                    "PBTS_PREDECESSOR needs the factory that made it, or one that accepts it: set PBTS_FACTORY_ADDRESS");
        } else if (identity.factory().isEmpty()) {
            askOnce(Purpose.DEPLOY_FACTORY, null, contracts.factoryCreation());
        } else {
            EthereumAddress factory = identity.factory().get();
            Bytes creation = contracts.factory(factory).createReputation(referrer());
            askOnce(Purpose.CREATE_SETTLEMENT, factory, creation);
        }
    }

    private void askOnce(Purpose purpose, @Nullable EthereumAddress destination, Bytes payload) {
        Optional<State> asked = submissions.latest(purpose).map(Submission::state);
        if (asked.isEmpty() || asked.get() == State.FAILED) {
            submissions.add(purpose, destination, payload);
        }
    }

    private void adoptFactory(EthereumAddress address) {
        if (node.hasCode(address)) {
            identities.rememberFactory(address);
        } else {
            obstacle("there is no contract at PBTS_FACTORY_ADDRESS " + address);
        }
    }

    private void adoptLedger(EthereumAddress address) {
        try {
            EthereumAddress owner = contracts.ledger(address).owner();
            EthereumAddress referrer = contracts.ledger(address).referrer();
            if (!referrer.equals(referrer())) {
                obstacle("the ledger %s follows %s and PBTS_PREDECESSOR names %s; set it to what the ledger follows"
                        .formatted(address, referrer, referrer()));
            } else if (owner.equals(settler.address())) {
                identities.rememberSettlement(address);
                LOG.info("event=settlement_ledger address={}", address);
            } else {
                obstacle("the ledger %s belongs to %s and the settler is %s"
                        .formatted(address, owner, settler.address()));
            }
        } catch (NodeRefusal noLedger) {
            obstacle("there is no ledger at PBTS_SETTLEMENT_ADDRESS %s: %s".formatted(address, noLedger.sentence()));
        }
    }

    private EthereumAddress referrer() {
        return history.predecessor().orElse(FactoryContract.NO_REFERRER);
    }

    private void obstacle(String sentence) {
        if (!sentence.equals(lastObstacle)) {
            LOG.error("event=no_settlement_ledger obstacle=\"{}\"", sentence);
        }
        lastObstacle = sentence;
    }
}
