package io.pbts.support.secret;

import java.io.Serial;

/** A secret's value cannot be used; the message says why and never repeats any of the value. */
public final class UnusableSecret extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnusableSecret(String reason) {
        super(reason);
    }
}
