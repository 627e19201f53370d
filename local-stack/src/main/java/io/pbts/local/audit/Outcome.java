package io.pbts.local.audit;

/** How a verification ended, as the exit code of the program. */
enum Outcome {
    INTACT(0),
    WRONG(1),
    /** The file or the chain could not be read: nothing was found out. */
    UNKNOWN(3);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
