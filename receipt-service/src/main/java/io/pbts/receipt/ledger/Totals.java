package io.pbts.receipt.ledger;

import io.pbts.protocol.account.ChainAccount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * An account's bytes, as reputation-service keeps them.
 *
 * @param announced downloaded, by the account's own word; counts against it when it is more than {@code down}
 * @param credit the initial grant
 */
public record Totals(long accountId, ChainAccount chainAccount, long up, long down, long announced, long credit) {
    private static final int DIGITS = 6;

    /** What the gate compares, rounded down. One when nothing was moved yet; empty when it has no bound. */
    public Optional<BigDecimal> ratioRoundedDown() {
        long owed = Math.max(down, announced);
        if (owed == 0) {
            return up == 0 ? Optional.of(BigDecimal.ONE) : Optional.empty();
        }
        return Optional.of(BigDecimal.valueOf(Math.addExact(credit, up))
                .divide(BigDecimal.valueOf(owed), DIGITS, RoundingMode.DOWN));
    }
}
