package io.pbts.support.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A value that nobody may see. It prints as {@code [REDACTED]}, has no accessor that a serializer would find, and two of
 * them are equal only when they are the same object: whoever compares secrets does so in constant time with {@link #matches}.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** The text without white space around it, since editors and {@code echo} end a file with a line feed. */
    public static Secret of(String text) {
        return new Secret(text.strip());
    }

    /** The text itself. Named so that every use of it can be found. */
    public String reveal() {
        return text;
    }

    /** The lines that are not blank: a secret may be several values, the current one first. */
    public List<Secret> lines() {
        return text.lines().filter(line -> !line.isBlank()).map(Secret::of).toList();
    }

    /** Whether the candidate is this value, in time that depends on the candidate's length alone. */
    public boolean matches(String candidate) {
        return java.security.MessageDigest.isEqual(
                text.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
