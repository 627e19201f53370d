package io.pbts.reputation.standing;

/**
 * What an account has given and taken, in bytes.
 *
 * @param up earned with receipts
 * @param down owed for receipts
 * @param held received over the overdraft and credited to nobody yet
 * @param announced downloaded as the account's own client announces
 * @param credit the initial grant; no part of {@code up}
 */
public record Totals(long up, long down, long held, long announced, long credit) {
    public Totals {
        if (up < 0 || down < 0 || held < 0 || announced < 0 || credit < 0) {
            throw new IllegalArgumentException(
                    "totals never fall below zero: %d %d %d %d %d".formatted(up, down, held, announced, credit));
        }
    }

    /** What the gate counts as taken: receipts and the client's own words are never added, the larger counts. */
    public long taken() {
        return Math.max(down, announced);
    }
}
