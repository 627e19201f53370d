package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.passkey.PasskeyHasher;
import io.pbts.announce.tracker.text.QueryCursor;
import io.pbts.announce.tracker.text.Target;
import org.jspecify.annotations.Nullable;

/** Whom a request names: the key in its path, else its {@code passkey}, else the {@code user_id} of the original tracker. */
final class Credentials {
    private static final byte[] PASSKEY = "passkey".getBytes(US_ASCII);
    private static final byte[] USER_ID = "user_id".getBytes(US_ASCII);
    private static final int MAX_USER_ID = 64;

    private final byte[] decoded = new byte[MAX_USER_ID];
    private byte[] bytes = {};
    private int from;
    private int to;
    private int userLength;

    /** Begins with what the path says. */
    void over(byte[] request, Target target) {
        bytes = request;
        from = target.keyFrom();
        to = target.keyTo();
        userLength = 0;
    }

    /** Takes a parameter that names somebody; answers whether it did. */
    boolean take(QueryCursor query) {
        if (query.isNamed(PASSKEY)) {
            if (!hasKey()) {
                from = query.valueFrom();
                to = query.valueTo();
            }
            return true;
        }
        if (query.isNamed(USER_ID)) {
            int length = query.decode(decoded);
            userLength = length > MAX_USER_ID ? 0 : Math.max(length, 0);
            return true;
        }
        return false;
    }

    boolean hasKey() {
        return to > from;
    }

    /** Whether the key can be a passkey. */
    boolean isPasskey() {
        return PasskeyHasher.isPasskey(bytes, from, to);
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    /** The name in {@code user_id}, or null. */
    @Nullable
    String userId() {
        return userLength == 0 ? null : new String(decoded, 0, userLength, ISO_8859_1);
    }
}
