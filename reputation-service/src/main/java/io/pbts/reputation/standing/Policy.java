package io.pbts.reputation.standing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What the gate and the ledger judge by: the one row that all replicas and the ledger's functions share. */
public record Policy(BigDecimal minRatio, long overdraftBytes) {

    /** As refusals print it: two decimals, more where the setting has more. */
    public static String printed(BigDecimal minRatio) {
        BigDecimal shortest = minRatio.stripTrailingZeros();
        return shortest.setScale(Math.max(2, shortest.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** The setting in its shortest form: 0.5, not 0.5000. */
    public BigDecimal shortestMinRatio() {
        return new BigDecimal(minRatio.stripTrailingZeros().toPlainString());
    }
}
