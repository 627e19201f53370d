package io.pbts.announce.tracker;

import java.util.Locale;

/** How a request to the tracker ended, as it is counted. */
public enum Outcome {
    /** An announce was taken; also one that leaves, whatever else is wrong with it. */
    ANNOUNCED,
    SCRAPED,
    /** No passkey where one is needed. */
    NO_PASSKEY,
    UNKNOWN_PASSKEY,
    UNREGISTERED_TORRENT,
    /** Registered, and waiting for approval, rejected or withdrawn. */
    TORRENT_NOT_SERVED,
    LOW_RATIO,
    CLIENT_NOT_ALLOWED,
    PORT_NOT_ALLOWED,
    TOO_MANY_PLACES,
    PEER_ID_BOUND,
    /** Too many requests from one address or with one passkey. */
    LIMITED,
    /** We have more to do than we can, and did not look at it. */
    OVERLOADED,
    /** Who asks, or what a swarm has, could not be found out. */
    UNAVAILABLE,
    /** Over UDP: a connection id that is too old, or whose sender's address is forged (BEP 15). */
    WRONG_CONNECTION,
    /** No announce and no scrape, or one with a value that cannot be. */
    MALFORMED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
