package io.pbts.contract.settlement;

import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends a freeze: because ledger and records agree now, or because the operator repeats the reason and takes note of how they
 * differ. What was refused is then asked again, and freezes settlement again if it is refused again.
 */
@Component
class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    /** @param reason why nothing is settled, word for word */
    record Acknowledgement(String reason, String note) {}

    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final Reconciliation reconciliation;
    private final SettlementFollower follower;
    private final EndedFreezes freezes;
    private final TransactionTemplate database;

    Resumption(
            ChainIdentities identities,
            ChainWatch watch,
            Reconciliation reconciliation,
            SettlementFollower follower,
            EndedFreezes freezes,
            TransactionTemplate database) {
        this.identities = identities;
        this.watch = watch;
        this.reconciliation = reconciliation;
        this.follower = follower;
        this.freezes = freezes;
        this.database = database;
    }

    /** Whether anything was frozen. */
    boolean resume(Optional<Acknowledgement> acknowledgement) {
        ChainIdentity identity = identities.current();
        Optional<String> frozen = identity.frozenReason();
        if (frozen.isEmpty()) {
            return false;
        }
        String reason = frozen.get();
        acknowledgement.filter(stated -> !stated.reason().equals(reason)).ifPresent(_ -> {
            throw another(reason);
        });
        Term term = Term.of(identity).orElseThrow(() -> new FactUnavailable("the settlement contract", null));
        if (!watch.latest().isConnected()) {
            throw new FactUnavailable("the chain", null);
        }
        Optional<Difference> difference = difference(term, identity);
        if (difference.isPresent()
                && (acknowledgement.isEmpty() || difference.get() instanceof Difference.OfSettlements)) {
            throw new Refusal(409, "still-different", difference.get().sentence());
        }
        database.executeWithoutResult(_ -> {
            acknowledgement.ifPresentOrElse(
                    stated -> freezes.acknowledged(term.ledger(), reason, stated.note(), difference),
                    () -> freezes.agreed(term.ledger(), reason));
            if (!identities.unfreeze(reason)) {
                throw another("it changed meanwhile");
            }
            follower.askAgainWhatWasRefused(term);
        });
        LOG.warn(
                "event=settlement_resumed_by_operator acknowledged={} reason=\"{}\"",
                acknowledgement.isPresent(),
                reason);
        return true;
    }

    private Optional<Difference> difference(Term term, ChainIdentity identity) {
        try {
            return reconciliation.difference(term, identity.frozenAccount());
        } catch (NodeRefusal notYet) {
            throw new FactUnavailable("the chain's finalized state", notYet);
        }
    }

    private static Refusal another(String reason) {
        return new Refusal(409, "another-reason", "Settlement is frozen for another reason: " + reason);
    }
}
