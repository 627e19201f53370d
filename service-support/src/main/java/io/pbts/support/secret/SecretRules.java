package io.pbts.support.secret;

import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Which values are no secrets. {@code STRICT} everywhere but in profile {@code local}. */
enum SecretRules {
    LENIENT,
    STRICT;

    static final int SHORTEST = 32;

    /** Without punctuation and upper case; a value that only decorates one of these is one of these. */
    private static final Set<String> KNOWN = Set.of(
            "changeme",
            "changethis",
            "changethissecret",
            "password",
            "postgres",
            "secret",
            "admin",
            "default",
            "example",
            "insecure",
            "replaceme",
            "adminkey",
            "supersecret",
            "thisisnotasecret",
            "pbts",
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    void require(String value) {
        if (value.isEmpty()) {
            throw new UnusableSecret("it is empty");
        }
        if (this == STRICT) {
            requireStrong(value);
        }
    }

    private static void requireStrong(String value) {
        if (isKnown(value)) {
            throw new UnusableSecret("it is a default or an example that everybody knows");
        }
        if (value.length() < SHORTEST) {
            throw new UnusableSecret("it is shorter than %d characters".formatted(SHORTEST));
        }
        if (repeatsItself(value)) {
            throw new UnusableSecret("it is one short text repeated");
        }
    }

    private static boolean isKnown(String value) {
        String bare = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return KNOWN.stream().anyMatch(known -> bare.equals(known) || isRepeated(bare, known));
    }

    private static boolean isRepeated(String text, String part) {
        return text.length() > part.length()
                && part.repeat(text.length() / part.length() + 1).startsWith(text);
    }

    private static boolean repeatsItself(String value) {
        return IntStream.rangeClosed(1, value.length() / 2)
                .anyMatch(period -> value.regionMatches(period, value, 0, value.length() - period));
    }
}
