package io.pbts.agent.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;

/** A password, which does not print. */
public final class Password {

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    public static Password of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a password has at least one character");
        }
        return new Password(text);
    }

    /** UTF-8 of its NFKD form without control characters, as EIP-2335 wants it. */
    byte[] normalized() {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .filter(point -> !Character.isISOControl(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .getBytes(UTF_8);
    }

    /** UTF-8 of it as it is, as Web3 Secret Storage wants it. */
    byte[] plain() {
        return text.getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
