package io.pbts.contract.settlement;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.contracts.LedgerTotals;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
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
    private static final int SAMPLE = 8;
    private static final int CLOSE_SAMPLE = 256;

    private final ChainNode node;
    private final Contracts contracts;
    private final Settlements settlements;
    private final CreditItems items;
    private final EndedFreezes freezes;
    private final ChainIdentities identities;
    private final SettlementProperties properties;
    private final ChainProperties chain;
    private final Clock clock;
    private Instant notBefore = Instant.EPOCH;

    Reconciliation(
            ChainNode node,
            Contracts contracts,
            Settlements settlements,
            CreditItems items,
            EndedFreezes freezes,
            ChainIdentities identities,
            SettlementProperties properties,
            ChainProperties chain,
            Clock clock) {
        this.node = node;
        this.contracts = contracts;
        this.settlements = settlements;
        this.items = items;
        this.freezes = freezes;
        this.identities = identities;
        this.properties = properties;
        this.chain = chain;
        this.clock = clock;
    }

    void compareWhenDue(Term term) {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        try {
            Block block = finalized();
            LedgerContract ledger = contracts.ledgerAt(term.ledger(), block);
            Optional<Difference> difference =
                    ofAll(ledger, term).or(() -> ofAccounts(ledger, term, Optional.empty(), SAMPLE));
            if (difference.isPresent() && !isStillThere(block)) {
                return; // what was read is of two chains
            }
            judge(difference);
            notBefore = now.plus(properties.reconcileInterval(chain.isDevChain()));
        } catch (NodeRefusal notYet) {
            // A node that was just started, or a ledger that is two blocks old, has no finalized state to read.
            LOG.debug("event=finalized_state_missing cause=\"{}\"", notYet.sentence());
        }
    }

    private void judge(Optional<Difference> difference) {
        switch (difference.orElse(null)) {
            case Difference.OfTotals(var _, var _, var _, String sentence) -> identities.freeze(REASON + sentence);
            case Difference.OfSettlements(String sentence) -> identities.freeze(REASON + sentence);
            // The totals agree. Another sample may find nothing, so this reason does not end by itself.
            case Difference.OfAccount(var account, var _, var _, String sentence) -> {
                identities.thaw(REASON);
                identities.freezeFor(sentence, account);
            }
            case null -> identities.thaw(REASON);
        }
    }

    private Block finalized() {
        return node.block(At.FINALIZED).orElseThrow(() -> new NodeRefusal("no block is finalized", null));
    }

    /** A dev chain may take back what it had finalized, while we read. */
    private boolean isStillThere(Block block) {
        return node.block(block.number())
                .filter(now -> now.hash().equals(block.hash()))
                .isPresent();
    }

    /**
     * How ledger and records differ at this moment, looked at more closely than usual.
     *
     * @param suspect an account that differed before
     */
    Optional<Difference> difference(Term term, Optional<ChainAccount> suspect) {
        LedgerContract ledger = contracts.ledgerAt(term.ledger(), finalized());
        return ofAll(ledger, term).or(() -> ofAccounts(ledger, term, suspect, CLOSE_SAMPLE));
    }

    private Optional<Difference> ofAll(LedgerContract ledger, Term term) {
        LedgerTotals theirs = ledger.totals(At.FINALIZED);
        long last = term.ours(theirs.lastSeq());
        Settlements.Sums ours = settlements.sumsOf(term.before(), last);
        if (ours.settlements() != theirs.lastSeq()) {
            return Optional.of(new Difference.OfSettlements("the ledger has %d settlements, we know %d of them"
                    .formatted(theirs.lastSeq(), ours.settlements())));
        }
        Optional<Difference> ofTotals = ofTotals(theirs, ours, last, freezes.ofTotals(term.ledger()));
        if (ofTotals.isPresent()) {
            return ofTotals;
        }
        settlements.finalizeAdopted(last);
        return settlements
                .find(last)
                .filter(term::holds)
                .filter(settlement ->
                        !root(ledger, term, settlement).equals(settlement.root().bytes()))
                .map(settlement ->
                        new Difference.OfSettlements("the root of settlement %d differs".formatted(settlement.seq())));
    }

    private static Optional<Difference> ofTotals(
            LedgerTotals theirs, Settlements.Sums ours, long last, EndedFreezes.Noted noted) {
        BigInteger up = theirs.settledUp().subtract(ours.bytes()).subtract(noted.up());
        BigInteger down = theirs.settledDown().subtract(ours.bytes()).subtract(noted.down());
        long receipts = theirs.receiptCount() - ours.receipts() - noted.receipts();
        if (up.signum() == 0 && down.signum() == 0 && receipts == 0) {
            return Optional.empty();
        }
        return Optional.of(new Difference.OfTotals(
                up,
                down,
                receipts,
                "up to settlement %d the ledger has %s up, %s down, %d receipts, we have %s bytes, %d receipts"
                        .formatted(
                                last,
                                theirs.settledUp(),
                                theirs.settledDown(),
                                theirs.receiptCount(),
                                ours.bytes(),
                                ours.receipts())));
    }

    private Optional<Difference> ofAccounts(
            LedgerContract ledger, Term term, Optional<ChainAccount> suspect, int size) {
        long seq = term.ours(ledger.lastSeq(At.FINALIZED));
        Optional<Settlement> last = settlements.find(seq).filter(term::holds).filter(Settlement::isComplete);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        long from = settlements.find(term.before()).map(Settlement::toPosition).orElse(0L);
        long to = last.get().toPosition();
        return Stream.concat(
                        suspect.map(account -> items.sumOf(account, from, to)).stream(),
                        items.sample(from, to, size).stream())
                .<Difference>flatMap(ours -> ofAccount(ledger, term, ours, seq).stream())
                .findFirst();
    }

    private Optional<Difference.OfAccount> ofAccount(LedgerContract ledger, Term term, AccountSum ours, long seq) {
        AccountSum theirs = ledger.settled(ours.account(), At.FINALIZED);
        EndedFreezes.Noted noted = freezes.ofAccount(term.ledger(), ours.account());
        BigInteger up = BigInteger.valueOf(theirs.up() - ours.up()).subtract(noted.up());
        BigInteger down = BigInteger.valueOf(theirs.down() - ours.down()).subtract(noted.down());
        boolean same = up.signum() == 0 && down.signum() == 0;
        return same
                ? Optional.empty()
                : Optional.of(new Difference.OfAccount(
                        ours.account(),
                        up,
                        down,
                        "up to settlement %d account %s has %d up and %d down on the ledger, we have %d and %d"
                                .formatted(
                                        seq,
                                        ours.account().hex(),
                                        theirs.up(),
                                        theirs.down(),
                                        ours.up(),
                                        ours.down())));
    }

    private static Bytes32 root(LedgerContract ledger, Term term, Settlement settlement) {
        return ledger.rootOf(term.onLedger(settlement.seq()), At.FINALIZED);
    }
}
