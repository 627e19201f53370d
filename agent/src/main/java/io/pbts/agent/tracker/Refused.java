package io.pbts.agent.tracker;

/** The tracker answered, and the answer is no. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String reason) {
        super(reason);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean isTemporary() {
        return status == 429 || status >= 500;
    }
}
