package io.pbts.agent.tracker;

/** The tracker answered, and the answer is no. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refused(int status, String code, String reason) {
        super(reason);
        this.status = status;
        this.code = code;
    }

    /** The problem's code, such as {@code wrong-source}; empty when there is none. */
    public String code() {
        return code;
    }

    /** Refused on this side: what the tracker wants is not done. */
    static Refused here(String reason) {
        return new Refused(0, "", reason);
    }

    /** Whether it was this side that refused. */
    public boolean isHere() {
        return status == 0;
    }

    /** The HTTP status; 0 when {@link #isHere}. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean isTemporary() {
        return status == 429 || status >= 500;
    }
}
