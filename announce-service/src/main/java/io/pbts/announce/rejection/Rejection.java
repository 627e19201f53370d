package io.pbts.announce.rejection;

import java.time.Instant;

/**
 * An announce that was rejected.
 *
 * @param at when it last was
 * @param times how often it was, for the same reason, without another rejection of the account in between
 * @param infoHash the swarm's, 40 hexadecimal digits
 * @param reason as the client was told
 * @param family {@code ipv4} or {@code ipv6}
 * @param port 0 when the client named none
 * @param client the first eight characters of its peer id, which name client and version (BEP 20); what is not printable is a dot
 */
record Rejection(Instant at, int times, String infoHash, String reason, String family, int port, String client) {

    boolean isLike(Rejection other) {
        return infoHash.equals(other.infoHash)
                && reason.equals(other.reason)
                && family.equals(other.family)
                && port == other.port
                && client.equals(other.client);
    }

    Rejection after(Rejection earlier) {
        return new Rejection(at, earlier.times + times, infoHash, reason, family, port, client);
    }
}
