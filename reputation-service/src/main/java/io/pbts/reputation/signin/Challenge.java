package io.pbts.reputation.signin;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.signin.LoginNonce;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a key was asked to sign, once and in time; both times in whole seconds, as the signed forms have them. */
public record Challenge(Intent intent, AccountKey key, LoginNonce nonce, Instant issuedAt, Instant expires) {
    public Challenge {
        if (!issuedAt.isBefore(expires) || !isWhole(issuedAt) || !isWhole(expires)) {
            throw new IllegalArgumentException("not a challenge's time: %s to %s".formatted(issuedAt, expires));
        }
    }

    private static boolean isWhole(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }
}
