package io.pbts.receipt.policy;

import java.time.Instant;

/**
 * When a receipt counts: from {@code now - past} to {@code now + future}, both ends included. Seconds.
 *
 * @param pastSeconds how old it may be
 * @param futureSeconds how far ahead the signer's clock may be
 */
public record AcceptanceWindow(long pastSeconds, long futureSeconds) {
    /** Where a time lies. */
    public enum Verdict {
        OPEN,
        STALE,
        FUTURE
    }

    public AcceptanceWindow {
        if (pastSeconds < 0 || futureSeconds < 0) {
            throw new IllegalArgumentException("not a window: -%d..+%d".formatted(pastSeconds, futureSeconds));
        }
    }

    public Verdict judge(long signedAt, Instant now) {
        long seconds = now.getEpochSecond();
        if (signedAt < seconds - pastSeconds) {
            return Verdict.STALE;
        }
        return signedAt > seconds + futureSeconds ? Verdict.FUTURE : Verdict.OPEN;
    }
}
