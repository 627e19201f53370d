package io.pbts.reputation.standing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger would do with further receipts that an account signs: {@code apply_credit}'s rule, asked before.
 *
 * @param bytes of further receipts that would be credited now, rounded down; 0 while anything is held, null when the minimum
 *     ratio is 0 and nothing bounds them
 * @param heldBytes received over the overdraft and credited to nobody yet
 * @param mayDownload the gate's verdict
 */
public record Headroom(@Nullable Long bytes, long heldBytes, boolean mayDownload) {

    public static Headroom of(Totals totals, Policy policy) {
        boolean mayDownload = Verdict.of(totals, policy.minRatio()).allowed();
        return new Headroom(bytesRoundedDown(totals, policy), totals.held(), mayDownload);
    }

    /** The same headroom, with the verdict of a gate that goes by another basis than the ledger. */
    public Headroom judgedBy(Basis basis, Totals totals, long announcedUp, BigDecimal minRatio) {
        boolean allowed =
                Verdict.of(basis.judged(totals, announcedUp), minRatio).allowed();
        return new Headroom(bytes, heldBytes, allowed);
    }

    /** The largest b with min_ratio * (down + b) - credit - up <= overdraft, of those that {@code down} has room for. */
    private static @Nullable Long bytesRoundedDown(Totals totals, Policy policy) {
        if (totals.held() > 0) {
            return 0L;
        }
        if (policy.minRatio().signum() == 0) {
            return null;
        }
        BigDecimal most = BigDecimal.valueOf(policy.overdraftBytes())
                .add(BigDecimal.valueOf(totals.credit()))
                .add(BigDecimal.valueOf(totals.up()))
                .divide(policy.minRatio(), 0, RoundingMode.DOWN)
                .min(BigDecimal.valueOf(Long.MAX_VALUE));
        return Math.max(0, most.longValueExact() - totals.down());
    }
}
