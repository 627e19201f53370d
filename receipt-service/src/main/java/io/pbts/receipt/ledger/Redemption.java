package io.pbts.receipt.ledger;

import io.pbts.protocol.receipt.ReceiptRowHash;
import java.time.Instant;
import java.util.Map;

/**
 * What a report did, as committed.
 *
 * @param outcomes by key, one for each entry
 * @param caller totals of whoever reported
 */
public record Redemption(Map<LedgerKey, Outcome> outcomes, Totals caller) {
    /** Where a redeemed receipt stands. */
    public enum State {
        /** Its bytes are in both totals. */
        CREDITED,
        /** Stored, and waiting for its receiver to come back below the overdraft. */
        HELD
    }

    /**
     * A receipt's row in the ledger.
     *
     * @param receiptSeq its number: rows have ascending ones, with gaps
     */
    public record Row(State state, long receiptSeq, ReceiptRowHash hash) {}

    /** What became of an entry. */
    public sealed interface Outcome {
        /**
         * It is in the ledger.
         *
         * @param first whether this report redeemed it; otherwise it had been redeemed before
         */
        record Redeemed(Row row, boolean first) implements Outcome {}

        /**
         * It is not: its sender and receiver have had their day's share.
         *
         * @param again when it may be sent again
         */
        record OverPairCap(Instant again) implements Outcome {}
    }

    public Redemption {
        outcomes = Map.copyOf(outcomes);
    }
}
