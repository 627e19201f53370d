package io.pbts.announce.admission;

import java.util.List;

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
     * @param passkeys what its announce URLs may hold, a passkey in its grace too
     */
    record Standing(long accountId, String userId, boolean allowed, String refusal, List<HashedPasskey> passkeys)
            implements Caller {
        public Standing {
            if (accountId < 1) {
                throw new IllegalArgumentException("not an account: " + accountId);
            }
            passkeys = List.copyOf(passkeys);
        }
    }
}
