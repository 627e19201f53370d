package io.pbts.protocol.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/** The secret in an account's announce URL: 160 random bits as 32 lower-case base32 characters (RFC 4648 alphabet). */
public record Passkey(String value) {

    public static final int LENGTH = 32;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern FORM = Pattern.compile("[a-z2-7]{32}");

    public Passkey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a passkey");
        }
    }

    /** Empty when the text cannot be a passkey. */
    public static Optional<Passkey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Passkey(text)) : Optional.empty();
    }

    public static Passkey generate(SecureRandom random) {
        byte[] symbols = new byte[LENGTH];
        random.nextBytes(symbols);
        StringBuilder value = new StringBuilder(LENGTH);
        for (byte symbol : symbols) {
            value.append(ALPHABET.charAt(symbol & 31));
        }
        return new Passkey(value.toString());
    }

    /** What is stored and sent in the passkey's place. */
    public PasskeyHash hash(PasskeyHashKey key) {
        return key.hash(value.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
