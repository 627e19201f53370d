package io.pbts.contract.succession;

import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.submission.Submission;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submission.State;
import io.pbts.contract.submission.Submissions;
import io.pbts.contract.work.Lease;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.apache.tuweni.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the settlement from a ledger to the one that follows it. What was asked of the old ledger becomes final there, and
 * nothing new is asked of it; then, in one database transaction, the successor takes its place, and credits that no epoch
 * carries yet are settled there. A successor copies an account when it first writes to it, so the old ledger must stand still.
 */
@Component
public class SuccessionWorker {
    private static final Logger LOG = LoggerFactory.getLogger(SuccessionWorker.class);

    private final Successions successions;
    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final ChainNode node;
    private final SettlerKey settler;
    private final Contracts contracts;
    private final Submissions submissions;
    private final TransactionTemplate database;
    private final Lease history;
    private final Lease registry;

    SuccessionWorker(
            Successions successions,
            ChainIdentities identities,
            ChainWatch watch,
            ChainNode node,
            SettlerKey settler,
            Contracts contracts,
            Submissions submissions,
            TransactionTemplate database,
            DataSource source) {
        this.successions = successions;
        this.identities = identities;
        this.watch = watch;
        this.node = node;
        this.settler = settler;
        this.contracts = contracts;
        this.submissions = submissions;
        this.database = database;
        this.history = new Lease(source, Lease.HISTORY);
        this.registry = new Lease(source, Lease.KEY_REGISTRY);
    }

    /**
     * Asks for a change. The same question again, while it is under way or after it is done, changes nothing.
     *
     * @param named a ledger that follows the present one; absent to have one made by the factory
     */
    Succession request(Optional<EthereumAddress> named) {
        ChainIdentity identity = identities.current();
        EthereumAddress present =
                identity.settlement().orElseThrow(() -> new FactUnavailable("the settlement contract", null));
        Optional<Succession> asked = successions.open().or(() -> successions.done().stream()
                .filter(past -> named.isPresent() && past.successor().equals(named) && present.equals(named.get()))
                .findFirst());
        if (asked.isPresent()) {
            requireTheSame(asked.get(), named);
            return asked.get();
        }
        if (identity.frozenReason().isPresent()) {
            throw new Refusal(409, "settlement-frozen", identity.frozenReason().get());
        }
        if (successions.isHistoryOpen()) {
            throw new Refusal(
                    409,
                    "history-not-copied",
                    "Accounts of the ledger before are still being copied; what is not copied would be two hops away");
        }
        if (!watch.latest().isConnected()) {
            throw new FactUnavailable("the chain", null);
        }
        named.ifPresent(successor -> requireFit(successor, present));
        begin(present, named, identity);
        return successions.open().orElseThrow();
    }

    /** Refuses with 409 to leave a contract that nothing is settled in. */
    void requirePresent(EthereumAddress left) {
        if (!identities.current().settlement().equals(Optional.of(left))) {
            throw new Refusal(409, "not-the-settlement-contract", left + " is not the settlement contract");
        }
    }

    /** Called by the settlement worker, under its lease: nothing is enrolled or settled meanwhile. */
    public void step() {
        successions.open().ifPresent(open -> {
            switch (open.state()) {
                case CREATING -> follow(open);
                case DRAINING -> history.tryRun(() -> registry.tryRun(() -> leave(open)));
                case DONE -> {}
            }
        });
    }

    private void begin(EthereumAddress present, Optional<EthereumAddress> named, ChainIdentity identity) {
        try {
            database.executeWithoutResult(_ -> {
                OptionalLong submission =
                        named.isPresent() ? OptionalLong.empty() : OptionalLong.of(create(present, identity));
                successions.begin(present, named, submission);
            });
        } catch (DuplicateKeyException another) {
            throw new Refusal(409, "succession-under-way", "Another change is under way", another);
        }
        LOG.info("event=succession_begun predecessor={} named={}", present, named.isPresent());
    }

    private long create(EthereumAddress present, ChainIdentity identity) {
        EthereumAddress factory = identity.factory()
                .orElseThrow(() -> new Refusal(
                        409, "no-factory", "No factory is known: name a successor, or set PBTS_FACTORY_ADDRESS"));
        Bytes creation = contracts.factory(factory).createReputation(present);
        return submissions.add(Purpose.CREATE_SUCCESSOR, factory, creation);
    }

    private static void requireTheSame(Succession asked, Optional<EthereumAddress> named) {
        if (named.isPresent() && asked.successor().filter(named.get()::equals).isEmpty()) {
            throw new Refusal(409, "succession-under-way", "Another change is under way");
        }
    }

    private void requireFit(EthereumAddress successor, EthereumAddress present) {
        try {
            LedgerContract ledger = contracts.ledger(successor);
            if (!node.hasCode(successor) || !ledger.owner().equals(settler.address())) {
                throw unfit("the ledger %s does not belong to the settler %s".formatted(successor, settler.address()));
            }
            if (!ledger.referrer().equals(present)) {
                throw unfit("the ledger %s follows %s and not the present one, %s"
                        .formatted(successor, ledger.referrer(), present));
            }
            if (ledger.lastSeq(io.pbts.contract.chain.At.LATEST) != 0) {
                throw unfit("in the ledger %s was settled already".formatted(successor));
            }
        } catch (NodeRefusal noLedger) {
            throw new Refusal(
                    409,
                    "unfit-successor",
                    "there is no ledger at %s: %s".formatted(successor, noLedger.sentence()),
                    noLedger);
        }
    }

    private static Refusal unfit(String sentence) {
        return new Refusal(409, "unfit-successor", sentence);
    }

    private void follow(Succession creating) {
        Submission creation =
                submissions.find(creating.submission().orElseThrow()).orElseThrow();
        if (creation.state() == State.FAILED) {
            LOG.error(
                    "event=succession_abandoned predecessor={} reason=\"{}\"",
                    creating.predecessor(),
                    creation.failure().orElseThrow().sentence());
            successions.abandon(creating.predecessor());
        } else if (creation.state() == State.FINAL) {
            creation.createdContract().ifPresent(address -> successions.created(creating.predecessor(), address));
        }
    }

    private void leave(Succession draining) {
        if (identities.current().frozenReason().isEmpty() && successions.leave(draining.predecessor())) {
            LOG.info(
                    "event=settlement_contract_changed predecessor={} successor={}",
                    draining.predecessor(),
                    draining.successor().orElseThrow());
        }
    }
}
