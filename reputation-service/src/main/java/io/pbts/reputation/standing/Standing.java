package io.pbts.reputation.standing;

import io.pbts.protocol.account.UserId;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account before the gate: whom its passkeys belong to, its totals, and the ratio that is asked of it.
 *
 * @param announcedUp uploaded as the account's own clients announce, in bytes; no part of the totals
 */
public record Standing(
        AccountId account,
        UserId user,
        List<WorkingPasskey> passkeys,
        Totals totals,
        long announcedUp,
        BigDecimal minRatio,
        Basis basis) {
    public Standing {
        passkeys = List.copyOf(passkeys);
    }

    /**
     * A passkey that opens the account.
     *
     * @param expiresAt the second since 1970 from which it does not, when another has replaced it
     */
    public record WorkingPasskey(String hash, @Nullable Long expiresAt) {}

    public Verdict verdict() {
        return Verdict.of(basis.judged(totals, announcedUp), minRatio);
    }

    /** Bytes that the account's clients say they downloaded and nobody has a receipt for. */
    public long unattested() {
        return Math.max(0, totals.announced() - totals.down());
    }

    /**
     * The ratio as the originals' {@code /user} shows it: the gate's, but 1.0 for an account that has neither taken nor
     * earned, and null instead of the Infinity that is not JSON.
     */
    public @Nullable Double legacyRatio() {
        Totals judged = basis.judged(totals, announcedUp);
        if (judged.taken() > 0) {
            return ((double) judged.credit() + judged.up()) / judged.taken();
        }
        return judged.up() == 0 ? 1.0 : null;
    }
}
