package io.pbts.reputation.account;

import io.pbts.protocol.account.AccountKey;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A key in the hands of an account.
 *
 * @param kind 1 BLS, 2 wallet
 * @param possessionProven whether its holder proved to know the secret; without that it never enters an aggregate
 */
@Embeddable
record HeldKey(
        short kind,
        Bytes publicKey,
        boolean possessionProven,
        Instant addedAt,
        @Nullable Instant revokedAt) {

    static HeldKey of(AccountKey key, boolean possessionProven, Instant addedAt) {
        return new HeldKey((short) key.kind().number(), key.bytes(), possessionProven, addedAt, null);
    }

    boolean isBls() {
        return kind == AccountKey.Kind.BLS.number();
    }
}
