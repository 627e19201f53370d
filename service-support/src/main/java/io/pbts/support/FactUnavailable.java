package io.pbts.support;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A fact that another part owns cannot be had now. Answered with 503 and {@code Retry-After}; nothing was counted. */
public final class FactUnavailable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String owner;

    public FactUnavailable(String owner, @Nullable Throwable cause) {
        super(owner + " cannot be reached", cause);
        this.owner = owner;
    }

    /** Who owns the fact, as a user may read it: "reputation-service", "the database", "the chain". */
    public String owner() {
        return owner;
    }
}
