package io.pbts.engine.torrent;

import io.pbts.engine.Block;
import io.pbts.engine.limit.TokenBucket;
import io.pbts.engine.peer.PeerConnection;
import io.pbts.engine.peer.PeerHandler;
import io.pbts.engine.picker.Attempt;
import io.pbts.engine.picker.Landing;
import io.pbts.engine.storage.PieceStore;
import io.pbts.engine.wire.ExtensionHandshake;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageReader;
import io.pbts.engine.wire.ProtocolViolation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.tuweni.bytes.Bytes;

/**
 * The connected peers of a torrent. Its monitor guards all that is known of them; files, sockets and listeners are used
 * outside of it.
 */
final class Swarm implements PeerHandler {

    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(150);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PART_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Shared shared;
    private final Downloads downloads;
    private final Verifier verifier;
    private final Choker choker;
    private final Optional<MetadataShare> metadata;
    private final Greeting greeting;
    private final Conversation conversation;
    private final SwarmEvents events;
    private final Map<PeerConnection, PeerState> peers = new LinkedHashMap<>();
    private volatile boolean closed;
    private int seconds;

    Swarm(
            Shared shared,
            PieceStore store,
            Downloads downloads,
            Verifier verifier,
            Choker choker,
            Optional<MetadataShare> metadata,
            SwarmEvents events) {
        this.shared = shared;
        this.downloads = downloads;
        this.verifier = verifier;
        this.choker = choker;
        this.metadata = metadata;
        this.greeting = new Greeting(shared, store.count(), metadata);
        this.conversation = new Conversation(store, downloads, choker, greeting, peers.values());
        this.events = events;
    }

    @Override
    public synchronized void opened(PeerConnection peer) throws ProtocolViolation {
        requireWelcome(peer);
        PeerState state = new PeerState(peer, shared.gate());
        peers.put(peer, state);
        peer.say(greeting.to(peer, downloads.have()));
    }

    private void requireWelcome(PeerConnection peer) throws ProtocolViolation {
        if (closed) {
            throw new ProtocolViolation("the torrent has stopped");
        }
        if (peers.size() >= shared.settings().maxPeersPerTorrent()) {
            throw new ProtocolViolation("enough peers");
        }
        if (peers.keySet().stream().anyMatch(other -> other.peerId().equals(peer.peerId()))) {
            throw new ProtocolViolation("connected already");
        }
    }

    @Override
    public void message(PeerConnection peer, Message message) throws IOException {
        if (message instanceof Message.Extended(int number, Bytes payload)) {
            List<String> names = shared.settings().extensions();
            if (number <= names.size()) {
                shared.listener().extensionMessage(peer, names.get(number - 1), payload);
            } else if (number == names.size() + 1) {
                metadata.ifPresent(share -> share.asked(peer, payload));
            }
            return;
        }
        synchronized (this) {
            PeerState state = peers.get(peer);
            if (state != null) {
                conversation.heard(state, message);
            }
        }
    }

    @Override
    public void block(PeerConnection peer, Block block, MessageReader reader) throws IOException {
        Optional<Landing> landing = begin(peer, block);
        if (landing.isEmpty()) {
            reader.skipPayload();
            return;
        }
        boolean landed = false;
        try {
            reader.payload(landing.get().target());
            landed = true;
        } finally {
            if (!landed) {
                abort(landing.get());
            }
        }
        land(peer, landing.get());
        pace(shared.download(), block.length());
    }

    private synchronized Optional<Landing> begin(PeerConnection peer, Block block) throws ProtocolViolation {
        PeerState state = peers.get(peer);
        return state == null || closed ? Optional.empty() : downloads.begin(state, block);
    }

    private synchronized void abort(Landing landing) {
        downloads.abort(landing);
    }

    private synchronized void land(PeerConnection peer, Landing landing) {
        PeerState state = peers.get(peer);
        if (state == null || closed) {
            downloads.abort(landing);
        } else {
            downloads.finish(state, landing).ifPresent(complete -> verifier.submit(complete, this));
        }
    }

    /** Not reading is how a peer is told to slow down. */
    private void pace(TokenBucket bucket, int bytes) throws InterruptedIOException {
        try {
            for (long wait = bucket.tryTake(bytes); wait > 0 && !closed; wait = bucket.tryTake(bytes)) {
                TimeUnit.NANOSECONDS.sleep(Math.min(wait, PACE_NANOS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void extensionsKnown(PeerConnection peer) {
        Optional<ExtensionHandshake> said = peer.extensions();
        synchronized (this) {
            PeerState state = peers.get(peer);
            if (state != null) {
                said.flatMap(ExtensionHandshake::requestQueue).ifPresent(state.window::bound);
            }
        }
        shared.listener().extensionsKnown(peer);
    }

    @Override
    public synchronized void reconsidered(PeerConnection peer) {
        PeerState state = peers.get(peer);
        if (state != null && state.wantsUs && state.gateClosedFor >= 0) {
            choker.wants(state, peers.values());
        }
    }

    @Override
    public void closed(PeerConnection peer, String reason) {
        boolean known;
        synchronized (this) {
            PeerState state = peers.remove(peer);
            known = state != null;
            if (state != null) {
                downloads.gone(state);
                downloads.askHungry(peers.values());
            }
        }
        if (known) {
            shared.listener().peerGone(peer, reason);
        }
    }

    /** The gate wants the peer choked until it would serve this piece. */
    synchronized void gateClosed(PeerConnection peer, int piece) {
        PeerState state = peers.get(peer);
        if (state != null) {
            state.gateClosedFor = piece;
            peer.choke();
        }
    }

    /** The piece is on disk. Answers whether it is new. */
    synchronized boolean verified(Attempt attempt) {
        boolean isNew = downloads.verified(attempt, peers.values());
        downloads.askHungry(peers.values());
        if (isNew && downloads.isComplete()) {
            peers.keySet().stream()
                    .filter(PeerConnection::isExtended)
                    .forEach(peer -> peer.say(greeting.extended(true)));
            events.completed();
        }
        return isNew;
    }

    /** The piece had a wrong hash. */
    synchronized void corrupt(Attempt attempt) {
        for (PeerState guilty : downloads.corrupt(attempt, peers.values())) {
            events.banned(guilty.connection);
            guilty.connection.close("sent pieces with a wrong hash");
        }
        downloads.askHungry(peers.values());
    }

    /** The piece could not be written. */
    synchronized void lost(Attempt attempt) {
        downloads.lost(attempt);
    }

    /** A second has passed. */
    synchronized void tick() {
        long now = System.nanoTime();
        boolean seeding = downloads.isComplete();
        for (PeerState peer : List.copyOf(peers.values())) {
            peer.connection.sent().tick();
            downloads.tick(peer, now);
            dropIdle(peer, now, seeding);
        }
        if (++seconds % Choker.PERIOD_SECONDS == 0) {
            choker.deal(peers.values(), seeding);
        }
    }

    private static void dropIdle(PeerState peer, long now, boolean seeding) {
        PeerConnection connection = peer.connection;
        if (now - connection.heardAt() > SILENT_NANOS) {
            connection.close("silent for too long");
        } else if (connection.stuckNanos() > STUCK_NANOS) {
            connection.close("does not read");
        } else if (seeding && peer.hasAll && now - Math.max(peer.blockAt, peer.connectedAt) > LINGER_NANOS) {
            connection.close("neither needs the other");
        }
    }

    synchronized int size() {
        return peers.size();
    }

    synchronized BitSet have() {
        return downloads.have();
    }

    /** No block and no peer is taken any more; what is being verified still is. */
    synchronized void takeNoMore() {
        closed = true;
    }

    /**
     * Ends all connections: what we have to say leaves first, receipts among it, and what peers say meanwhile is read. A peer
     * that does not hang up then is hung up on, after a little while.
     */
    void part(String reason) throws InterruptedException {
        connections().forEach(PeerConnection::finish);
        long until = System.nanoTime() + PART_NANOS;
        while (System.nanoTime() - until < 0 && size() > 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        connections().forEach(peer -> peer.close(reason));
    }

    private synchronized List<PeerConnection> connections() {
        return List.copyOf(peers.keySet());
    }
}
