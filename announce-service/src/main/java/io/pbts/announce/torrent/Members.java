package io.pbts.announce.torrent;

import io.pbts.announce.admission.Admission;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whose account a caller of the registry has. */
final class Members {
    static final String PASSKEY = "X-PBTS-Passkey";

    private final Admission admission;

    Members(Admission admission) {
        this.admission = admission;
    }

    /**
     * Somebody who may use the registry.
     *
     * @param account empty only where a rule admits loopback in profile {@code local}
     * @param userId the account's name
     * @param passkey the one that was sent; passkeys are stored as hashes only, so nobody else's is ever known
     */
    record Member(
            OptionalLong account,
            Optional<String> userId,
            @Nullable String passkey) {
        private static final Member NOBODY = new Member(OptionalLong.empty(), Optional.empty(), null);

        @Override
        public String toString() {
            return "Member[" + account + "]";
        }
    }

    /** Who signed in, else whose passkey it is. */
    Member of(Caller caller, @Nullable String passkey) {
        if (caller instanceof Caller.Account account) {
            return new Member(OptionalLong.of(account.accountId()), Optional.of(account.userId()), null);
        }
        if (passkey == null || passkey.isBlank()) {
            return Member.NOBODY;
        }
        Standing standing = admission
                .require(passkey)
                .orElseThrow(() -> new Refusal(401, "unknown-passkey", "The passkey belongs to no account"));
        return new Member(OptionalLong.of(standing.accountId()), Optional.of(standing.userId()), passkey);
    }
}
