package io.pbts.reputation.purge;

/** Rows that are worth nothing after a time. */
public interface Perishable {
    /** Deletes one batch of them. Whether there may be more. */
    boolean purge();
}
