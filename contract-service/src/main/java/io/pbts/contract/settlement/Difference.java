package io.pbts.contract.settlement;

import io.pbts.protocol.account.ChainAccount;
import java.math.BigInteger;

/** How a ledger differs from our records: what it has less what we have, beyond what the operator has taken note of. */
sealed interface Difference {
    String sentence();

    /** Bytes or receipts of all settlements together. */
    record OfTotals(BigInteger up, BigInteger down, long receipts, String sentence) implements Difference {}

    /** Bytes of one account. */
    record OfAccount(ChainAccount account, BigInteger up, BigInteger down, String sentence) implements Difference {}

    /** Settlements themselves: how many there are, or what one of them says. Nothing can be settled upon that. */
    record OfSettlements(String sentence) implements Difference {}
}
