package io.pbts.agent;

/** What the program ends with. Scripts depend on these numbers. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;
    /** It was understood and did not succeed: the files are not the torrent's, a file cannot be written. */
    static final int FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** No key, the wrong password, or nobody of that name here yet. */
    static final int NO_IDENTITY = 3;
    /** The tracker refused, with its reason. */
    static final int REFUSED = 4;
    /** The tracker could not be reached; trying again later may help. */
    static final int UNREACHABLE = 5;

    private ExitCode() {}
}
