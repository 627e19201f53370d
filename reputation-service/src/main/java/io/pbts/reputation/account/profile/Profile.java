package io.pbts.reputation.account.profile;

import io.pbts.reputation.standing.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account with the states of its credentials; no secret and no hash of one.
 *
 * @param grant of the initial credit: granted, pending or none
 */
record Profile(
        AccountId accountId,
        String userId,
        String chainAccount,
        long registeredAt,
        String grant,
        List<Key> keys,
        List<Passkey> passkeys) {

    /**
     * A key, revoked or not.
     *
     * @param proven whether possession was proven; without that it never enters an aggregate
     */
    record Key(
            String kind,
            String value,
            String state,
            boolean proven,
            long addedAt,
            @Nullable Long revokedAt) {}

    /**
     * A passkey that works.
     *
     * @param state current, or grace once another has replaced it
     */
    record Passkey(String state, long createdAt, @Nullable Long expiresAt) {}
}
