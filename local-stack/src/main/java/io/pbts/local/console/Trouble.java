package io.pbts.local.console;

/** Something is in the way: the message is what the person at the terminal reads, and says what to do about it. */
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Trouble(String message) {
        super(message);
    }

    public Trouble(String message, Throwable cause) {
        super(message, cause);
    }
}
