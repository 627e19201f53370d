package io.pbts.support.access;

/** Kinds of callers that a route may be open to. */
public enum Who {
    /** Whoever came through the gateway or is a service. */
    ANYONE,
    /** In profile {@code local} only: a caller whose address, as the gateway's token says, is loopback. */
    LOOPBACK,
    /** Whoever sends {@code X-PBTS-Passkey}; the route's owner resolves it and refuses an unknown one. */
    PASSKEY,
    /** An account that signed in: a session's access token. */
    ACCOUNT,
    /** An account whose API key, or session, holds the named scope. */
    SCOPE,
    /** The operator, by the admin port. */
    ADMIN,
    /** A service of the suite on its own account: a token without a caller. */
    SERVICE
}
