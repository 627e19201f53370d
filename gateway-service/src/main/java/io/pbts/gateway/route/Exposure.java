package io.pbts.gateway.route;

/** For whom a route exists. */
public enum Exposure {
    /** In every profile, for everyone. */
    PUBLIC,
    /** In every profile; in {@code local}, where its owner believes loopback without credentials, for loopback only. */
    LOOPBACK_IN_LOCAL,
    /** Unsafe by nature (handles secret keys, changes settings): in profile {@code local} only, for loopback only. */
    LOCAL_ONLY,
    /** At the admin door only, in every profile, for whoever shows the admin key. */
    ADMIN
}
