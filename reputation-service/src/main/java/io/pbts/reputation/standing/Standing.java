package io.pbts.reputation.standing;

import io.pbts.protocol.account.UserId;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account before the gate: whom its passkeys belong to, its totals, and the ratio that is asked of it. */
public record Standing(AccountId account, UserId user, List<String> passkeyHashes, Totals totals, BigDecimal minRatio) {
    public Standing {
        passkeyHashes = List.copyOf(passkeyHashes);
    }

    public Verdict verdict() {
        return Verdict.of(totals, minRatio);
    }

    /**
     * The ratio as the originals' {@code /user} shows it: the gate's, but 1.0 for an account that has neither taken nor
     * earned, and null instead of the Infinity that is not JSON.
     */
    public @Nullable Double legacyRatio() {
        if (totals.taken() > 0) {
            return ((double) totals.credit() + totals.up()) / totals.taken();
        }
        return totals.up() == 0 ? 1.0 : null;
    }
}
