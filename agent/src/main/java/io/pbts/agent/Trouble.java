package io.pbts.agent;

/** What the user is told instead of a stack trace, and what the program ends with. */
public final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Trouble(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** It cannot be done. */
    public static Trouble failed(String message) {
        return new Trouble(ExitCode.FAILED, message);
    }

    /** Who we are is not known or not proven. */
    public static Trouble noIdentity(String message) {
        return new Trouble(ExitCode.NO_IDENTITY, message);
    }

    /** The tracker said no. */
    public static Trouble refused(String message) {
        return new Trouble(ExitCode.REFUSED, message);
    }

    /** The tracker said nothing. */
    public static Trouble unreachable(String message) {
        return new Trouble(ExitCode.UNREACHABLE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
