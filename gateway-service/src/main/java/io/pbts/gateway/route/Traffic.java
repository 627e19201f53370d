package io.pbts.gateway.route;

import java.util.Locale;

/** Kinds of requests that share a limit: one kind must not take the room of another. */
public enum Traffic {
    /** Announces and scrapes. */
    TRACKER,
    /** What costs a pairing or a ledger transaction behind the gateway. */
    REPORT,
    /** What may be guessed at, and what makes accounts. */
    SIGN_IN,
    OTHER;

    /** As it is named in settings and in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
