package io.pbts.reputation.session;

import io.pbts.protocol.hash.Hex;
import io.pbts.support.access.Caller;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** Names a session inside its access tokens ({@code sid}): 128 random bits, 32 hexadecimal digits. Opens nothing by itself. */
record SessionId(Bytes bytes) {
    private static final int SIZE = 16;

    SessionId {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a session id has 16 bytes, not " + bytes.size());
        }
    }

    static SessionId random(SecureRandom random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new SessionId(Bytes.wrap(bytes));
    }

    /** The session that a caller shows; empty for an API key. */
    static Optional<SessionId> of(Caller.Account caller) {
        if (caller.credential() != Caller.Credential.SESSION) {
            return Optional.empty();
        }
        return parse(caller.credentialId());
    }

    static Optional<SessionId> parse(String digits) {
        try {
            return Optional.of(new SessionId(Hex.decode(digits, SIZE)));
        } catch (IllegalArgumentException noneOfOurs) {
            return Optional.empty();
        }
    }

    String hex() {
        return bytes.toUnprefixedHexString();
    }
}
