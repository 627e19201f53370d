package io.pbts.engine.torrent;

import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.peer.BlockServer;
import io.pbts.engine.peer.PeerConnection;
import io.pbts.engine.picker.PiecePicker;
import io.pbts.engine.storage.Inventory;
import io.pbts.engine.storage.PieceStore;
import io.pbts.engine.storage.ResumeFile;
import io.pbts.engine.tracker.AnnounceRequest;
import io.pbts.engine.tracker.Announcer;
import io.pbts.engine.wire.Handshake;
import io.pbts.engine.wire.MessageReader;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.BitSet;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A torrent that runs: it looks through its files, then meets peers, until it is ended or its files fail. */
final class Run implements SwarmEvents {

    /** Hears why a run cannot go on, once. */
    interface Failed {
        void because(Run run, String reason);
    }

    private static final int REMEMBER_SECONDS = 60;

    /** What there is once the files have been looked through. */
    private record Open(Swarm swarm, BlockServer uploads, Verifier verifier, Announcer announcer, Dialer dialer) {}

    private final Shared shared;
    private final TorrentId id;
    private final TorrentSource source;
    private final Counters counters;
    private final Candidates candidates;
    private final Failed failed;
    private final PieceStore store;
    private final Inventory inventory;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean broken = new AtomicBoolean();
    private volatile @Nullable Open open;
    private int seconds;

    Run(Shared shared, TorrentSource source, Counters counters, Candidates candidates, Failed failed) {
        this.shared = shared;
        this.id = source.metainfo().id();
        this.source = source;
        this.counters = counters;
        this.candidates = candidates;
        this.failed = failed;
        this.store = new PieceStore(source.metainfo(), source.folder());
        this.inventory = new Inventory(
                store,
                new ResumeFile(
                        shared.settings().stateFolder(), source.metainfo().id()));
    }

    /** Looks through the files, then opens the swarm. */
    void begin() {
        try {
            BitSet have = inventory.take(shared.hashers(), ending::get);
            store.createEmptyFiles();
            if (ending.get()) {
                return;
            }
            inventory.remember(have);
            Open opened = open(have);
            shared.listener().torrentChecked(id, store.count() - have.cardinality());
            open = opened;
            opened.announcer.start(have.cardinality() == store.count());
            if (ending.get()) {
                end();
            }
        } catch (IOException e) {
            filesFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Open open(BitSet have) {
        shared.memory().ensureRoomFor(store.lengthOf(0));
        RandomGenerator random = ThreadLocalRandom.current();
        PiecePicker picker = new PiecePicker(
                store.count(),
                have,
                store::lengthOf,
                shared.memory(),
                shared.settings().maxPeersPerTorrent(),
                random);
        Downloads downloads = new Downloads(store.count(), have, picker, counters);
        Verifier verifier = new Verifier(shared, id, store, this);
        Choker choker = new Choker(shared.settings().uploadSlots(), shared.gate(), random);
        Swarm swarm = new Swarm(
                shared, store, downloads, verifier, choker, source.info().map(MetadataShare::new), this);
        Bytes infoHash = source.metainfo().v1().orElseThrow().infoHash().bytes();
        return new Open(
                swarm,
                new Uploads(shared, store, counters, this, swarm),
                verifier,
                new Announcer(shared.trackers(), source.trackers(), new Announced(infoHash)),
                new Dialer(shared, infoHash, candidates, this::connected));
    }

    /** A handshake is done. Returns when the connection has ended. */
    void connected(SocketChannel channel, InetSocketAddress address, Handshake theirs) {
        Open current = open;
        if (current == null || candidates.isBanned(address)) {
            return;
        }
        new PeerConnection(
                        shared.peerNumbers().incrementAndGet(),
                        id,
                        channel,
                        new MessageReader(channel, store.count()),
                        address,
                        theirs,
                        current.swarm,
                        current.uploads)
                .run();
    }

    void tick() {
        Open current = open;
        if (current == null || ending.get()) {
            return;
        }
        current.swarm.tick();
        callPeers();
        if (++seconds % REMEMBER_SECONDS == 0 && current.swarm.have().cardinality() < store.count()) {
            shared.hashers().execute(() -> remember(current));
        }
    }

    /** Calls as many peers as there is room for. */
    void callPeers() {
        Open current = open;
        if (current != null && !ending.get()) {
            current.dialer.callUpTo(shared.settings().maxPeersPerTorrent() - current.swarm.size());
        }
    }

    private void remember(Open current) {
        try {
            if (!ending.get()) {
                inventory.remember(current.swarm.have());
            }
        } catch (IOException e) {
            filesFailed(e);
        }
    }

    @Override
    public void filesFailed(IOException failure) {
        if (!ending.get() && broken.compareAndSet(false, true)) {
            String message = failure.getMessage();
            failed.because(this, message == null ? failure.getClass().getSimpleName() : message);
        }
    }

    @Override
    public void completed() {
        Open current = open;
        Thread.ofVirtual().name("pbts-completed").start(() -> {
            if (current != null) {
                remember(current);
                current.announcer.completed();
                shared.listener().torrentCompleted(id);
            }
        });
    }

    @Override
    public void banned(PeerConnection peer) {
        candidates.ban(peer.address());
    }

    /** Writes what has come in, ends connections, remembers what is there, tells the tracker. Waits for all of it. */
    void end() {
        ending.set(true);
        Open current = open;
        try {
            if (current != null) {
                current.announcer.stop();
                current.swarm.takeNoMore();
                current.verifier.awaitIdle();
                shared.listener().torrentStopping(id);
                current.swarm.part("the torrent has stopped");
                if (!broken.get()) {
                    inventory.remember(current.swarm.have());
                }
            }
            store.close();
            if (current != null) {
                current.announcer.awaitStopped();
            }
        } catch (IOException e) {
            shared.listener().torrentFailed(id, "on stopping: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    BitSet have() {
        Open current = open;
        return current == null ? new BitSet() : current.swarm.have();
    }

    long left() {
        BitSet have = have();
        int last = store.count() - 1;
        long full = (long) have.cardinality() * store.lengthOf(0);
        long tooMuch = have.get(last) ? store.lengthOf(0) - store.lengthOf(last) : 0;
        return store.totalLength() - full + tooMuch;
    }

    int peers() {
        Open current = open;
        return current == null ? 0 : current.swarm.size();
    }

    State state() {
        if (open == null) {
            return State.CHECKING;
        }
        return have().cardinality() == store.count() ? State.SEEDING : State.DOWNLOADING;
    }

    /** What the announcer tells the tracker, and what it does with the answer. */
    private final class Announced implements Announcer.Subject {
        private final Bytes infoHash;

        private Announced(Bytes infoHash) {
            this.infoHash = infoHash;
        }

        @Override
        public AnnounceRequest request(AnnounceRequest.Event event) {
            return new AnnounceRequest(
                    infoHash,
                    shared.self(),
                    shared.port(),
                    counters.uploaded.sum(),
                    counters.verified.sum(),
                    left(),
                    event,
                    wantedPeers());
        }

        private int wantedPeers() {
            return Math.max(0, shared.settings().maxPeersPerTorrent() - peers());
        }

        @Override
        public void found(Collection<InetSocketAddress> addresses) {
            candidates.add(addresses);
            callPeers();
        }

        @Override
        public void failed(String reason) {
            shared.listener().trackerFailed(id, reason);
        }

        @Override
        public void warned(String warning) {
            shared.listener().trackerWarned(id, warning);
        }
    }
}
