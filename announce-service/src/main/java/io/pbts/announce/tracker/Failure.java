package io.pbts.announce.tracker;

/** Why an announce or scrape gets no answer, in the words a client shows its user. */
enum Failure {
    PASSKEY_MISSING(Outcome.NO_PASSKEY, "Passkey missing"),
    UNKNOWN_PASSKEY(Outcome.UNKNOWN_PASSKEY, "Unknown passkey"),
    UNREGISTERED_TORRENT(Outcome.UNREGISTERED_TORRENT, "Unregistered torrent"),
    INVALID_INFO_HASH(Outcome.MALFORMED, "Invalid info_hash"),
    INVALID_PEER_ID(Outcome.MALFORMED, "Invalid peer_id"),
    INVALID_PORT(Outcome.MALFORMED, "Invalid port"),
    INVALID_UPLOADED(Outcome.MALFORMED, "Invalid uploaded"),
    INVALID_DOWNLOADED(Outcome.MALFORMED, "Invalid downloaded"),
    INVALID_LEFT(Outcome.MALFORMED, "Invalid left"),
    INVALID_NUMWANT(Outcome.MALFORMED, "Invalid numwant"),
    CLIENT_NOT_ALLOWED(
            Outcome.CLIENT_NOT_ALLOWED,
            "Your BitTorrent client is not allowed here: use another one, or another version"),
    PORT_NOT_ALLOWED(
            Outcome.PORT_NOT_ALLOWED,
            "Your client's port is not allowed here: choose one from 49152 to 65535 in its settings"),
    TOO_MANY_PLACES(
            Outcome.TOO_MANY_PLACES,
            "You are in this swarm with as many clients already as you may be: stop one of them first"),
    PEER_ID_BOUND(
            Outcome.PEER_ID_BOUND,
            "Your peer_id is bound to another account: restart your client, it will take another one"),
    CLIENT_ADDRESS_MISSING(Outcome.MALFORMED, "Client address missing or invalid"),
    UNAVAILABLE(Outcome.UNAVAILABLE, "The tracker cannot check your passkey now, try again soon"),
    TOO_MANY_FROM_ADDRESS(Outcome.LIMITED, "Too many requests from your address, come back later"),
    TOO_MANY_BY_PASSKEY(Outcome.LIMITED, "Too many requests with your passkey, come back later"),
    BUSY(Outcome.OVERLOADED, "The tracker is busy, come back later");

    private final Outcome outcome;
    private final String reason;

    Failure(Outcome outcome, String reason) {
        this.outcome = outcome;
        this.reason = reason;
    }

    Outcome outcome() {
        return outcome;
    }

    String reason() {
        return reason;
    }
}
