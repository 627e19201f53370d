package io.pbts.support;

import java.io.Serial;

/**
 * An answer of many parts cannot be finished, and its head and some of it are sent. The connection is closed before the end,
 * so that nobody takes the part for the whole.
 */
public final class BrokenOff extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public BrokenOff(Throwable cause) {
        super("broken off: " + cause.getMessage(), cause);
    }
}
