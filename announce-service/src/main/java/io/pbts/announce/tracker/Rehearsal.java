package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.RehearsalSwarms;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces that nobody sent, served before the first that somebody did, so that members meet compiled code. Nothing of them
 * stays: they go to swarms that nobody sees, are of no account and are not counted.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** What the compilers want to have seen; the last of them begins after 15,000. */
    private static final int ANNOUNCES = 20_000;

    /** What classes are loaded for; each is closed, so the next finds a place. */
    private static final int CONNECTIONS = 16;

    private static final int PEERS = 128;
    private static final int FIRST_PORT = 20_000;
    private static final byte[] INFO_HASH = "rehearsed info hash.".getBytes(ISO_8859_1);
    private static final byte[] PASSKEY = "rehearsedrehearsedrehearsedrehea".getBytes(ISO_8859_1);
    /** For documentation (RFC 5737). */
    private static final PeerAddress CLIENT = PeerAddress.of(InetAddress.ofLiteral("198.51.100.77"));

    private final HttpExchange http;
    private final DatagramExchange udp;
    private final Tracker tracker;
    private final Duration atMost;
    private final byte[][] targets = new byte[PEERS][];
    private final byte[][] packets = new byte[PEERS][];

    Rehearsal(Tracker real, RehearsalSwarms swarms, Duration atMost) {
        var random = new SplittableRandom(1);
        tracker = real.onlyWith(swarms.swarms());
        http = tracker.newHttpExchange(random, PasskeyLimit.NONE);
        udp = tracker.newDatagramExchange(random, PasskeyLimit.NONE);
        this.atMost = atMost;
        for (int peer = 0; peer < PEERS; peer++) {
            targets[peer] = target(peer).getBytes(ISO_8859_1);
            packets[peer] = packet(peer);
        }
    }

    /** What serves them. */
    public Tracker tracker() {
        return tracker;
    }

    public boolean isWanted() {
        return !atMost.isZero();
    }

    /**
     * What was served.
     *
     * @param connections that were answered, of one announce each
     * @param announces that were answered with a list of peers
     */
    public record Rehearsed(int connections, int announces) {}

    /** Serves as many as there is time for; without a listener of the tracker's own, announces only. */
    public Rehearsed play(Optional<InetSocketAddress> listener) {
        long start = System.nanoTime();
        int connections = listener.map(address -> connect(address, start)).orElse(0);
        return new Rehearsed(connections, announce(start));
    }

    private Duration left(long start) {
        return atMost.minusNanos(System.nanoTime() - start);
    }

    private int connect(InetSocketAddress listener, long start) {
        int answered = 0;
        try {
            for (int i = 0; i < CONNECTIONS && left(start).toMillis() > 0; i++) {
                answered += isAnswered(listener, targets[i], left(start)) ? 1 : 0;
            }
        } catch (IOException failed) {
            LOG.warn("event=rehearsal_ended cause=\"{}\"", failed.getClass().getSimpleName());
        }
        return answered;
    }

    private static boolean isAnswered(InetSocketAddress listener, byte[] target, Duration patience) throws IOException {
        try (var socket = new Socket(listener.getAddress(), listener.getPort())) {
            socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
            OutputStream out = socket.getOutputStream();
            out.write("GET ".getBytes(ISO_8859_1));
            out.write(target);
            out.write(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            out.flush();
            return socket.getInputStream().readAllBytes().length > 0;
        }
    }

    private int announce(long start) {
        int served = 0;
        for (int i = 0; i < ANNOUNCES && left(start).isPositive(); i++) {
            int peer = i / 2 % PEERS;
            boolean withPeers = i % 2 == 0 ? overHttp(targets[peer]) : overUdp(packets[peer]);
            served += withPeers ? 1 : 0;
        }
        return served;
    }

    /** A real one has a passkey, too. */
    private boolean overHttp(byte[] target) {
        http.hasher().hash(0, PASSKEY, 0);
        http.request(target, 0, target.length, CLIENT, null);
        return tracker.serve(http) == Served.ANSWERED && http.selection().ipv4Peers() > 0;
    }

    private boolean overUdp(byte[] packet) {
        System.arraycopy(packet, 0, udp.packet(), 0, packet.length);
        udp.request(packet.length, CLIENT, null);
        return tracker.serve(udp) == Served.ANSWERED && udp.selection().ipv4Peers() > 0;
    }

    private static String target(int peer) {
        return "/announce?info_hash=%s&peer_id=%s&port=%d&uploaded=0&downloaded=0&left=%d&numwant=50&compact=1"
                .formatted(
                        new String(INFO_HASH, ISO_8859_1).replace(" ", "%20"),
                        peerId(peer),
                        FIRST_PORT + peer,
                        peer % 2);
    }

    /** BEP 15. */
    private static byte[] packet(int peer) {
        return ByteBuffer.allocate(98)
                .putInt(8, DatagramAnswers.ANNOUNCE)
                .put(16, INFO_HASH)
                .put(36, peerId(peer).getBytes(ISO_8859_1))
                .putLong(64, peer % 2)
                .putInt(92, 50)
                .putShort(96, (short) (FIRST_PORT + peer))
                .array();
    }

    private static String peerId(int peer) {
        return "-PB0001-%012d".formatted(peer);
    }
}
