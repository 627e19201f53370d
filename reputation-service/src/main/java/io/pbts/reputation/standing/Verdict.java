package io.pbts.reputation.standing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of an account. It may download when nothing of it is held and its ratio, (credit + up) / taken, reaches
 * the minimum; having taken nothing is enough when it has anything to give.
 *
 * @param allowed whether it may download
 * @param ratio rounded down to two decimals, so that a refusal never prints a ratio that would pass; null when nothing was
 *     taken and the ratio has no bound
 * @param bytesOwed what it must upload to be allowed again; at least 1 while it is refused
 */
public record Verdict(boolean allowed, @Nullable BigDecimal ratio, long bytesOwed) {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    public static Verdict of(Totals totals, BigDecimal minRatio) {
        BigDecimal given = BigDecimal.valueOf(totals.credit()).add(BigDecimal.valueOf(totals.up()));
        BigDecimal taken = BigDecimal.valueOf(totals.taken());
        BigDecimal missing = minRatio.multiply(taken).subtract(given);
        boolean nothingYet = given.signum() == 0 && taken.signum() == 0;
        boolean enough = nothingYet ? minRatio.signum() == 0 : missing.signum() <= 0;
        boolean allowed = enough && totals.held() == 0;
        BigDecimal owed = roundedUp(missing)
                .max(BigDecimal.ZERO)
                .add(roundedUp(minRatio.multiply(BigDecimal.valueOf(totals.held()))))
                .max(allowed ? BigDecimal.ZERO : BigDecimal.ONE)
                .min(LARGEST);
        return new Verdict(allowed, ratioRoundedDown(given, taken), owed.longValueExact());
    }

    private static BigDecimal roundedUp(BigDecimal bytes) {
        return bytes.setScale(0, RoundingMode.CEILING);
    }

    private static @Nullable BigDecimal ratioRoundedDown(BigDecimal given, BigDecimal taken) {
        if (taken.signum() == 0) {
            return given.signum() == 0 ? BigDecimal.ZERO.setScale(2) : null;
        }
        return given.divide(taken, 2, RoundingMode.DOWN);
    }
}
