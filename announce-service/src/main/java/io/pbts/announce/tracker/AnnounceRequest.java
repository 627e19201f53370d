package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.signalling.Signal;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.tracker.text.QueryCursor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an announce says (BEP 3, 7, 15, 23), read in one walk over the query or from a packet, and overwritten by the next. Of a
 * parameter that comes twice the first counts, but for the info hash, which must come once. {@code ip}, {@code ipv4} and
 * {@code ipv6} are not even looked at: a peer's address is where its packets come from.
 */
final class AnnounceRequest {
    /** What a client says has happened. Anything else, such as {@code paused} of BEP 21, is an ordinary announce. */
    enum Event {
        NONE,
        STARTED,
        COMPLETED,
        STOPPED
    }

    /** {@code left} was not sent, or cannot be known yet. */
    static final long LEFT_UNKNOWN = -1;

    private static final int DEFAULT_WANTED = 50;
    /** The discard port stands for none (RFC 863). */
    private static final int NO_PORT = 9;

    private static final byte[] PORT = ascii("port");
    private static final byte[] LEFT = ascii("left");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] PEER_ID = ascii("peer_id");
    private static final byte[] NUMWANT = ascii("numwant");
    private static final byte[] COMPACT = ascii("compact");
    private static final byte[] UPLOADED = ascii("uploaded");
    private static final byte[] INFO_HASH = ascii("info_hash");
    private static final byte[] DOWNLOADED = ascii("downloaded");
    private static final byte[] NO_PEER_ID = ascii("no_peer_id");
    private static final byte[] STARTED = ascii("started");
    private static final byte[] COMPLETED = ascii("completed");
    private static final byte[] STOPPED = ascii("stopped");
    private static final byte[] ZERO = ascii("0");
    private static final byte[] ONE = ascii("1");
    private static final int V2_SIZE = 32;

    private final Announcement announcement = new Announcement();
    private final byte[] decoded = new byte[V2_SIZE];
    private int seen;
    private int hashes;
    private boolean hashValid;
    private long port;
    private long left;
    private long wanted;
    private long uploaded;
    private long downloaded;
    private Event event = Event.NONE;
    private boolean compact;
    private boolean withoutPeerIds;
    private boolean peerIdValid;

    /** Forgets the request before. */
    void clear() {
        seen = 0;
        hashes = 0;
        hashValid = false;
        port = 0;
        left = LEFT_UNKNOWN;
        wanted = DEFAULT_WANTED;
        uploaded = 0;
        downloaded = 0;
        event = Event.NONE;
        compact = true;
        withoutPeerIds = false;
        peerIdValid = false;
        announcement.ofBothFamilies();
    }

    /** Takes a parameter that concerns the announce; ignores any other. */
    void take(QueryCursor query) {
        switch (query.nameLength()) {
            case 4 -> takeShort(query);
            case 5 -> event = isFirst(query, EVENT, 1) ? eventOf(query) : event;
            case 7 -> takeSeven(query);
            case 8 -> uploaded = isFirst(query, UPLOADED, 2) ? query.number() : uploaded;
            case 9 -> {
                if (query.isNamed(INFO_HASH)) {
                    takeInfoHash(query);
                }
            }
            case 10 -> {
                if (isFirst(query, DOWNLOADED, 4)) {
                    downloaded = query.number();
                } else if (isFirst(query, NO_PEER_ID, 8)) {
                    withoutPeerIds = query.isValue(ONE);
                }
            }
            default -> {
                // of no concern to a tracker
            }
        }
    }

    private void takeShort(QueryCursor query) {
        if (isFirst(query, PORT, 16)) {
            port = query.number();
        } else if (isFirst(query, LEFT, 32)) {
            left = query.number();
        }
    }

    private void takeSeven(QueryCursor query) {
        if (isFirst(query, PEER_ID, 64)) {
            peerIdValid = query.decode(decoded) == Announcement.PEER_ID_SIZE;
            announcement.peerIdFrom(decoded, 0);
        } else if (isFirst(query, NUMWANT, 128)) {
            wanted = query.number();
        } else if (isFirst(query, COMPACT, 256)) {
            compact = !query.isValue(ZERO);
        }
    }

    /** Whether the parameter has this name and comes for the first time. */
    private boolean isFirst(QueryCursor query, byte[] name, int bit) {
        if (!query.isNamed(name)) {
            return false;
        }
        boolean first = (seen & bit) == 0;
        seen |= bit;
        return first;
    }

    private void takeInfoHash(QueryCursor query) {
        hashes++;
        int size = query.decode(decoded);
        hashValid = size == SwarmKey.SIZE || size == V2_SIZE;
        announcement.swarm().read(decoded, 0);
    }

    private static Event eventOf(QueryCursor query) {
        if (query.isValue(STARTED)) {
            return Event.STARTED;
        }
        if (query.isValue(COMPLETED)) {
            return Event.COMPLETED;
        }
        return query.isValue(STOPPED) ? Event.STOPPED : Event.NONE;
    }

    /** Takes an announce of BEP 15, all of its 98 bytes, but for the address in it. */
    void read(byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        announcement.swarm().read(bytes, 16);
        hashes = 1;
        hashValid = true;
        announcement.peerIdFrom(bytes, 36);
        peerIdValid = true;
        downloaded = packet.getLong(56);
        left = Math.max(packet.getLong(64), LEFT_UNKNOWN);
        uploaded = packet.getLong(72);
        event = switch (packet.getInt(80)) {
            case 1 -> Event.COMPLETED;
            case 2 -> Event.STARTED;
            case 3 -> Event.STOPPED;
            default -> Event.NONE;
        };
        int peers = packet.getInt(92);
        wanted = peers < 0 ? DEFAULT_WANTED : peers;
        port = packet.getShort(96) & 0xffff;
        announcement.ofOneFamily();
    }

    /** Takes an announce over a WebSocket, which has no port: whoever made it is reached through its connection. */
    void read(Signal.Announce said) {
        hashes = 1;
        Signal.bytes(said.infoHash(), SwarmKey.SIZE).ifPresent(bytes -> {
            hashValid = true;
            announcement.swarm().read(bytes, 0);
        });
        Signal.bytes(said.peerId(), Announcement.PEER_ID_SIZE).ifPresent(bytes -> {
            peerIdValid = true;
            announcement.peerIdFrom(bytes, 0);
        });
        uploaded = said.uploaded();
        downloaded = said.downloaded();
        left = said.left();
        wanted = said.wanted();
        event = switch (said.event()) {
            case "started" -> Event.STARTED;
            case "completed" -> Event.COMPLETED;
            case "stopped" -> Event.STOPPED;
            default -> Event.NONE;
        };
        port = NO_PORT;
    }

    /** What is wrong with the request, or null. */
    @Nullable
    Failure problem() {
        if (hashes != 1 || !hashValid) {
            return Failure.INVALID_INFO_HASH;
        }
        if (!peerIdValid) {
            return Failure.INVALID_PEER_ID;
        }
        boolean leavesWithoutPort = event == Event.STOPPED && port == 0;
        if ((port < 1 || port > 65_535) && !leavesWithoutPort) {
            return Failure.INVALID_PORT;
        }
        if (uploaded < 0) {
            return Failure.INVALID_UPLOADED;
        }
        if (downloaded < 0) {
            return Failure.INVALID_DOWNLOADED;
        }
        if (left == QueryCursor.UNPARSABLE) {
            return Failure.INVALID_LEFT;
        }
        return wanted == QueryCursor.UNPARSABLE ? Failure.INVALID_NUMWANT : null;
    }

    Announcement announcement() {
        return announcement;
    }

    Event event() {
        return event;
    }

    /** 0 only for a client that stops. */
    int port() {
        return (int) port;
    }

    /** Whether the client says that it has everything; one that does not say what is left has not. */
    boolean isComplete() {
        return left == 0;
    }

    /** Bytes that the client says it has uploaded, from 0 on. */
    long uploaded() {
        return uploaded;
    }

    /** Bytes that the client says it has downloaded, from 0 on. */
    long downloaded() {
        return downloaded;
    }

    /** Peers the client would like, at most that many. */
    int wanted(int most) {
        return (int) Math.min(wanted < 0 ? DEFAULT_WANTED : wanted, most);
    }

    boolean compact() {
        return compact;
    }

    boolean withoutPeerIds() {
        return withoutPeerIds;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
