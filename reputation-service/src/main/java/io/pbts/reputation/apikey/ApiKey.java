package io.pbts.reputation.apikey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.hash.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;

/** {@code pbts_} and 256 random bits in 43 characters of base64url; shown once, and only its SHA-256 is stored. */
record ApiKey(String text) {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("pbts_[A-Za-z0-9_-]{43}");

    ApiKey {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not an API key");
        }
    }

    static ApiKey fresh(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new ApiKey("pbts_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** SHA-256 of the whole text: with 256 random bits in it, nothing slower is needed. */
    Bytes hash() {
        return Sha256.hash(Bytes.wrap(text.getBytes(US_ASCII)));
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
