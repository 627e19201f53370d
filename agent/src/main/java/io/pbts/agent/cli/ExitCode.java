package io.pbts.agent.cli;

/** What the program ends with. Scripts depend on these numbers. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** It was understood and did not succeed: the files are not the torrent's, a file cannot be written. */
    public static final int FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** No key, the wrong password, or nobody of that name here yet. */
    public static final int NO_IDENTITY = 3;
    /** The tracker refused, with its reason. */
    public static final int REFUSED = 4;
    /** The tracker could not be reached; trying again later may help. */
    public static final int UNREACHABLE = 5;

    private ExitCode() {}
}
