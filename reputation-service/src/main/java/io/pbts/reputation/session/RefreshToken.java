package io.pbts.reputation.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.hash.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;

/** 256 random bits in 43 characters of base64url, shown once; only their SHA-256 is stored. */
record RefreshToken(String text) {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    RefreshToken {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a refresh token");
        }
    }

    static RefreshToken fresh(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<RefreshToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RefreshToken(text)) : Optional.empty();
    }

    byte[] hash() {
        return Sha256.hash(Bytes.wrap(text.getBytes(US_ASCII))).toArrayUnsafe();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
