package io.pbts.agent.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** What the user is told instead of a stack trace, and what the program ends with. */
public final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Trouble(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * What a failure is to the user.
     *
     * @throws Exception the failure itself, when it is a mistake of the program
     */
    public static Trouble of(Exception failure) throws Exception {
        return switch (failure) {
            case Trouble trouble -> trouble;
            case NoSuchFileException e -> failed("no such file: " + e.getMessage());
            case IOException e -> failed(String.valueOf(e.getMessage()));
            case IllegalArgumentException e -> new Trouble(ExitCode.USAGE, String.valueOf(e.getMessage()));
            default -> throw failure;
        };
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

    public int exitCode() {
        return exitCode;
    }
}
