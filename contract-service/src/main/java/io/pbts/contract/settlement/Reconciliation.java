package io.pbts.contract.settlement;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.contracts.LedgerTotals;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.AccountSum;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Proves from time to time that the chain's totals, where nobody can take them back, are the sums of our settlements, and
 * that a few accounts, others each time, have there what our batches add to them.
 */
@Component
class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String REASON = "reconciliation: ";
    private static final int ACCOUNTS = 8;

    private final Contracts contracts;
    private final Settlements settlements;
    private final CreditItems items;
    private final ChainIdentities identities;
    private final SettlementProperties properties;
    private final ChainProperties chain;
    private final Clock clock;
    private Instant notBefore = Instant.EPOCH;

    Reconciliation(
            Contracts contracts,
            Settlements settlements,
            CreditItems items,
            ChainIdentities identities,
            SettlementProperties properties,
            ChainProperties chain,
            Clock clock) {
        this.contracts = contracts;
        this.settlements = settlements;
        this.items = items;
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
            LedgerContract ledger = contracts.ledger(address);
            Optional<String> difference = difference(ledger);
            difference.ifPresentOrElse(found -> identities.freeze(REASON + found), () -> identities.thaw(REASON));
            if (difference.isEmpty()) {
                // Another sample may find nothing, so this reason does not end by itself.
                differingAccount(ledger).ifPresent(identities::freeze);
            }
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

    private Optional<String> differingAccount(LedgerContract ledger) {
        long seq = ledger.lastSeq(At.FINALIZED);
        Optional<Settlement> last = settlements.find(seq).filter(Settlement::isComplete);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        for (AccountSum ours : items.sampleUpTo(last.get().toPosition(), ACCOUNTS)) {
            AccountSum theirs = ledger.settled(ours.account(), At.FINALIZED);
            // While we read, more may have become final.
            if (!theirs.equals(ours) && ledger.lastSeq(At.FINALIZED) == seq) {
                return Optional.of(
                        "up to settlement %d account %s has %d up and %d down on the ledger, we have %d and %d"
                                .formatted(
                                        seq, ours.account().hex(), theirs.up(), theirs.down(), ours.up(), ours.down()));
            }
        }
        return Optional.empty();
    }

    private static Bytes32 root(LedgerContract ledger, Settlement settlement) {
        return ledger.rootOf(settlement.seq(), At.FINALIZED);
    }
}
