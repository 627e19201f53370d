package io.pbts.engine.torrent;

import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.wire.Handshake;
import io.pbts.protocol.torrent.TorrentId;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A torrent from the time it is added until it is removed. While its files can be used it runs ({@link Run}); when they
 * cannot, it stands still until it is resumed.
 */
public final class Torrent {

    private final Shared shared;
    private final TorrentSource source;
    private final Counters counters = new Counters();
    private final Candidates candidates = new Candidates();
    private @Nullable Run run;
    private @Nullable String failure;
    private @Nullable Thread lastEnd;
    private boolean stopped;

    public Torrent(Shared shared, TorrentSource source) {
        this.shared = shared;
        this.source = source;
    }

    public TorrentId id() {
        return source.metainfo().id();
    }

    /** The 20 bytes by which peers ask for it. */
    public Bytes infoHash() {
        return source.metainfo().v1().orElseThrow().infoHash().bytes();
    }

    /** Begins, or begins again after a failure; nothing happens when it runs. */
    public synchronized void start() {
        if (run == null && !stopped) {
            failure = null;
            Run begun = new Run(shared, source, counters, candidates, this::failed);
            run = begun;
            Thread.ofVirtual().name("pbts-torrent-" + id()).start(begun::begin);
        }
    }

    /** Told once per run. */
    private void failed(Run failed, String reason) {
        synchronized (this) {
            if (run != failed) {
                return;
            }
            run = null;
            failure = reason;
        }
        shared.listener().torrentFailed(id(), reason);
        // Not here: this may be a thread that the end waits for.
        Thread end = Thread.ofVirtual().name("pbts-torrent-" + id()).start(failed::end);
        synchronized (this) {
            lastEnd = end;
        }
    }

    /** A peer has called, and knows the info hash. Returns when the connection has ended. */
    public void welcome(SocketChannel channel, InetSocketAddress address, Handshake theirs) {
        Run current = current();
        if (current != null) {
            current.connected(channel, address, theirs);
        }
    }

    private synchronized @Nullable Run current() {
        return run;
    }

    public void tick() {
        Run current = current();
        if (current != null) {
            try {
                current.tick();
            } catch (RuntimeException e) {
                // One torrent's mistake must not stop the clock of the others.
                failed(current, "internal error: " + e);
            }
        }
    }

    /** Peers that are known otherwise than from a tracker. */
    public void addPeers(Collection<InetSocketAddress> addresses) {
        candidates.add(addresses);
        Run current = current();
        if (current != null) {
            current.callPeers();
        }
    }

    /** Ends connections, writes what has come in, remembers what is there, and says farewell to the tracker. */
    public void stop() {
        Run last;
        Thread ending;
        synchronized (this) {
            stopped = true;
            last = run;
            run = null;
            ending = lastEnd;
        }
        if (ending != null) {
            join(ending);
        }
        if (last != null) {
            last.end();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public TorrentStatus status() {
        Run current;
        Optional<String> why;
        State idle;
        synchronized (this) {
            current = run;
            why = Optional.ofNullable(failure);
            idle = stopped ? State.STOPPED : State.FAILED;
        }
        int pieces = source.metainfo().v1().orElseThrow().pieces().count();
        BitSet have = current == null ? new BitSet() : current.have();
        return new TorrentStatus(
                current == null ? idle : current.state(),
                pieces,
                have.cardinality(),
                current == null ? 0 : current.left(),
                counters.uploaded.sum(),
                counters.downloaded.sum(),
                counters.wasted.sum(),
                current == null ? 0 : current.peers(),
                why);
    }
}
