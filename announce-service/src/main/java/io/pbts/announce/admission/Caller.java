package io.pbts.announce.admission;

import io.pbts.announce.passkey.HashedPasskey;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who announces, as far as we can tell. */
public sealed interface Caller {

    /** Those of whom there is nothing to know but that. */
    enum Nobody implements Caller {
        /** Names no account. */
        ANONYMOUS,
        /** Names an account that does not exist. */
        UNKNOWN,
        /** We do not know it and reputation-service cannot be asked now. */
        UNAVAILABLE,
        /** Has to be asked for first. */
        UNASKED
    }

    /**
     * An account as reputation-service judges it.
     *
     * @param allowed whether it may download
     * @param refusal what to tell it when it may not; printable ASCII
     * @param warning what to tell it when it soon may not, printable ASCII; null when there is no need
     * @param passkeys what its announce URLs may hold, a passkey in its grace too
     * @param expiring those of them whose end is known
     */
    record Standing(
            long accountId,
            String userId,
            boolean allowed,
            String refusal,
            @Nullable String warning,
            List<HashedPasskey> passkeys,
            List<Expiring> expiring)
            implements Caller {
        public Standing {
            if (accountId < 1) {
                throw new IllegalArgumentException("not an account: " + accountId);
            }
            passkeys = List.copyOf(passkeys);
            expiring = List.copyOf(expiring);
        }

        /** Whether the time of this passkey is over; nobody tells when that happens. Reads no clock for those that have no end. */
        boolean hasExpired(HashedPasskey passkey, Clock clock) {
            for (int i = 0; i < expiring.size(); i++) {
                Expiring end = expiring.get(i);
                if (end.passkey().equals(passkey)) {
                    return Math.floorDiv(clock.millis(), 1000L) >= end.expiresAt();
                }
            }
            return false;
        }
    }

    /**
     * A passkey that was replaced.
     *
     * @param expiresAt the first second, since 1970, in which it is unknown
     */
    record Expiring(HashedPasskey passkey, long expiresAt) {}
}
