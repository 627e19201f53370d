package io.pbts.engine.metadata;

import io.pbts.engine.tracker.AnnounceAnswer;
import io.pbts.engine.tracker.AnnounceRequest;
import io.pbts.engine.tracker.AnnounceRequest.Event;
import io.pbts.engine.tracker.TrackerFailure;
import io.pbts.engine.tracker.Trackers;
import io.pbts.protocol.torrent.PeerId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.apache.tuweni.bytes.Bytes;

/** Asks a tracker for peers and those for the torrent, one after the other, until one has it. */
public final class MetadataFetch {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PEERS = 50;

    private final Bytes infoHash;
    private final InetSocketAddress self;
    private final PeerId peerId;

    /**
     * For one torrent.
     *
     * @param infoHash 20 bytes
     * @param self where peers will be able to connect to
     */
    public MetadataFetch(Bytes infoHash, InetSocketAddress self) {
        this.infoHash = infoHash;
        this.self = self;
        this.peerId = PeerId.ofBytes(
                Bytes.concatenate(Bytes.wrap("-PB0100-".getBytes(StandardCharsets.US_ASCII)), Bytes.random(12))
                        .toArrayUnsafe());
    }

    /**
     * The bytes of a {@code .torrent} file without announce URL, whose info dictionary has the hash.
     *
     * @throws NobodyTold when the tracker refuses, or none of its peers has told
     */
    public Bytes from(URI tracker) throws NobodyTold, InterruptedException {
        Trackers trackers = new Trackers(self.getAddress());
        AnnounceAnswer answer;
        try {
            answer = trackers.announce(tracker, request(Event.STARTED), PATIENCE);
        } catch (TrackerFailure e) {
            throw new NobodyTold(String.valueOf(e.getMessage()));
        }
        try {
            return from(answer);
        } finally {
            farewell(trackers, tracker);
        }
    }

    private Bytes from(AnnounceAnswer answer) throws NobodyTold {
        String last = "nobody else takes part in this torrent now";
        for (InetSocketAddress peer : answer.peers()) {
            try {
                Bytes info = new MetadataPeer(peer, infoHash, peerId, PATIENCE).ask();
                if (!sha1(info).equals(infoHash)) {
                    throw new IOException("what it sent is another torrent");
                }
                return Bytes.concatenate(
                        Bytes.wrap("d4:info".getBytes(StandardCharsets.US_ASCII)),
                        info,
                        Bytes.wrap("e".getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                last = "nobody told what the torrent is; " + peer + ": " + e.getMessage();
            }
        }
        throw new NobodyTold(last);
    }

    /** The engine announces under a name of its own; this one is not to be called any more. */
    private void farewell(Trackers trackers, URI tracker) throws InterruptedException {
        try {
            trackers.announce(tracker, request(Event.STOPPED), Duration.ofSeconds(3));
        } catch (TrackerFailure e) {
            return; // It forgets by itself.
        }
    }

    /** Something is left, whatever it is: who wants nothing is told of nobody. */
    private AnnounceRequest request(Event event) {
        return new AnnounceRequest(infoHash, peerId, self.getPort(), 0, 0, 1, event, PEERS);
    }

    private static Bytes sha1(Bytes bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-1").digest(bytes.toArrayUnsafe()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
