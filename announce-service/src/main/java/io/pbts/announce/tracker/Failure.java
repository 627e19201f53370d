package io.pbts.announce.tracker;

/** Why an announce or scrape gets no answer, in the words a client shows its user. */
enum Failure {
    PASSKEY_MISSING("Passkey missing"),
    UNKNOWN_PASSKEY("Unknown passkey"),
    UNREGISTERED_TORRENT("Unregistered torrent"),
    INVALID_INFO_HASH("Invalid info_hash"),
    INVALID_PEER_ID("Invalid peer_id"),
    INVALID_PORT("Invalid port"),
    INVALID_UPLOADED("Invalid uploaded"),
    INVALID_DOWNLOADED("Invalid downloaded"),
    INVALID_LEFT("Invalid left"),
    INVALID_NUMWANT("Invalid numwant"),
    CLIENT_NOT_ALLOWED("Your BitTorrent client is not allowed here: use another one, or another version"),
    PORT_NOT_ALLOWED("Your client's port is not allowed here: choose one from 49152 to 65535 in its settings"),
    TOO_MANY_PLACES("You are in this swarm with as many clients already as you may be: stop one of them first"),
    CLIENT_ADDRESS_MISSING("Client address missing or invalid"),
    UNAVAILABLE("The tracker cannot check your passkey now, try again soon"),
    TOO_MANY_FROM_ADDRESS("Too many requests from your address, come back later"),
    TOO_MANY_BY_PASSKEY("Too many requests with your passkey, come back later"),
    BUSY("The tracker is busy, come back later");

    private final String reason;

    Failure(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
