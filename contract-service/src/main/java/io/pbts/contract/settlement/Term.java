package io.pbts.contract.settlement;

import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.protocol.account.EthereumAddress;
import java.util.Optional;

/**
 * The ledger in which this tracker settles now. Our settlements are counted through all ledgers that it ever had; on a ledger
 * the first has number 1.
 *
 * @param before settlements that went to ledgers before this one
 */
record Term(EthereumAddress ledger, long before) {
    static Optional<Term> of(ChainIdentity identity) {
        return identity.settlement().map(ledger -> new Term(ledger, identity.settledBefore()));
    }

    /** The ledger's number of a settlement; below 1 for one that went to a ledger before. */
    long onLedger(long seq) {
        return seq - before;
    }

    /** Our number of a ledger's settlement. */
    long ours(long ledgerSeq) {
        return Math.addExact(before, ledgerSeq);
    }

    boolean holds(Settlement settlement) {
        return settlement.seq() > before;
    }
}
