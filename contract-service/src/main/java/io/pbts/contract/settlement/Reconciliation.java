package io.pbts.contract.settlement;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.contracts.LedgerTotals;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.protocol.account.EthereumAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Proves from time to time that the chain's totals, where nobody can take them back, are the sums of our settlements. */
@Component
class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String REASON = "reconciliation: ";

    private final Contracts contracts;
    private final Settlements settlements;
    private final ChainIdentities identities;
    private final SettlementProperties properties;
    private final ChainProperties chain;
    private final Clock clock;
    private Instant notBefore = Instant.EPOCH;

    Reconciliation(
            Contracts contracts,
            Settlements settlements,
            ChainIdentities identities,
            SettlementProperties properties,
            ChainProperties chain,
            Clock clock) {
        this.contracts = contracts;
        this.settlements = settlements;
        this.identities = identities;
        this.properties = properties;
        this.chain = chain;
        this.clock = clock;
    }

    void compareWhenDue(EthereumAddress address) {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        try {
            Optional<String> difference = difference(contracts.ledger(address));
            difference.ifPresentOrElse(found -> identities.freeze(REASON + found), () -> identities.thaw(REASON));
            notBefore = now.plus(properties.reconcileInterval(chain.isDevChain()));
        } catch (NodeRefusal notYet) {
            // A node that was just started, or a ledger that is two blocks old, has no finalized state to read.
            LOG.debug("event=finalized_state_missing cause=\"{}\"", notYet.sentence());
        }
    }

    private Optional<String> difference(LedgerContract ledger) {
        LedgerTotals theirs = ledger.totals(At.FINALIZED);
        Settlements.Sums ours = settlements.sumsUpTo(theirs.lastSeq());
        if (ours.settlements() != theirs.lastSeq()) {
            return Optional.of("the ledger has %d settlements, we know %d of them"
                    .formatted(theirs.lastSeq(), ours.settlements()));
        }
        if (!theirs.settledUp().equals(ours.bytes())
                || !theirs.settledDown().equals(ours.bytes())
                || theirs.receiptCount() != ours.receipts()) {
            return Optional.of(
                    "up to settlement %d the ledger has %s up, %s down, %d receipts, we have %s bytes, %d receipts"
                            .formatted(
                                    theirs.lastSeq(),
                                    theirs.settledUp(),
                                    theirs.settledDown(),
                                    theirs.receiptCount(),
                                    ours.bytes(),
                                    ours.receipts()));
        }
        settlements.finalizeAdopted(theirs.lastSeq());
        return settlements
                .find(theirs.lastSeq())
                .filter(last -> !root(ledger, last).equals(last.root().bytes()))
                .map(last -> "the root of settlement %d differs".formatted(last.seq()));
    }

    private static Bytes32 root(LedgerContract ledger, Settlement settlement) {
        return ledger.rootOf(settlement.seq(), At.FINALIZED);
    }
}
