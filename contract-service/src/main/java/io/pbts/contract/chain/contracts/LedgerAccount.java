package io.pbts.contract.chain.contracts;

import io.pbts.contract.chain.NodeRefusal;
import java.math.BigInteger;

/**
 * An account as a ledger shows it.
 *
 * @param settledUp bytes, imported ones included
 * @param settledDown bytes, imported ones included
 * @param importedUp bytes that were copied from the referrer
 * @param importedDown bytes that were copied from the referrer
 * @param creditMib granted, here or there
 * @param isImported whether anything was copied, also when that is 0 bytes
 */
public record LedgerAccount(
        Source source,
        BigInteger settledUp,
        BigInteger settledDown,
        BigInteger importedUp,
        BigInteger importedDown,
        long creditMib,
        boolean isImported) {

    /** Where the ledger has it from. */
    public enum Source {
        NONE,
        LOCAL,
        /** It was not written to since the move: the first write copies it. */
        REFERRER;

        static Source of(int number) {
            return switch (number) {
                case 0 -> NONE;
                case 1 -> LOCAL;
                case 2 -> REFERRER;
                default -> throw new NodeRefusal("an account has no source " + number, null);
            };
        }
    }
}
