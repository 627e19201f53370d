package io.pbts.reputation.account;

import io.pbts.protocol.account.PasskeyHash;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A passkey that was handed out: its hash, and the end of its grace once another has replaced it. */
@Embeddable
record IssuedPasskey(
        Bytes passkeyHash, Instant createdAt, @Nullable Instant expiresAt) {

    static IssuedPasskey of(PasskeyHash hash, Instant createdAt) {
        return new IssuedPasskey(hash.bytes(), createdAt, null);
    }
}
