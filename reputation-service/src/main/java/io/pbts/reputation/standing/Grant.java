package io.pbts.reputation.standing;

/**
 * The initial credit that an account begins with.
 *
 * @param bytes granted now
 * @param state {@code granted}, {@code none}, or {@code pending} while a condition of the grant cannot be checked
 */
public record Grant(long bytes, String state) {
    private static final Grant NONE = new Grant(0, "none");
    private static final Grant PENDING = new Grant(0, "pending");

    public Grant {
        if (bytes < 0 || (bytes > 0 && !state.equals("granted"))) {
            throw new IllegalArgumentException("not a grant: %d bytes, %s".formatted(bytes, state));
        }
    }

    static Grant of(long bytes) {
        return bytes == 0 ? NONE : new Grant(bytes, "granted");
    }

    static Grant none() {
        return NONE;
    }

    /** Not before a condition was checked; nothing is promised when there is nothing to give. */
    static Grant pending(long bytes) {
        return bytes == 0 ? NONE : PENDING;
    }

    public boolean isPending() {
        return this.equals(PENDING);
    }
}
