package io.pbts.engine;

import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** An engine of the test with its folders and what it reported. */
final class Client implements AutoCloseable, EngineListener {
    final Path folder;
    final Engine engine;
    final Set<Integer> verified = ConcurrentHashMap.newKeySet();
    final List<Set<Peer>> sources = new CopyOnWriteArrayList<>();
    final List<Integer> corrupt = new CopyOnWriteArrayList<>();
    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<String> trackerFailures = new CopyOnWriteArrayList<>();
    final List<String> gone = new CopyOnWriteArrayList<>();
    final AtomicLong sent = new AtomicLong();
    final List<TorrentId> completed = new CopyOnWriteArrayList<>();

    private Client(Path folder, UnaryOperator<EngineSettings> settings, ServeGate gate, String address)
            throws IOException {
        this.folder = folder;
        InetSocketAddress listen = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
        this.engine = Engine.start(settings.apply(EngineSettings.of(listen, folder.resolve("state"))), gate, this);
    }

    static Client start(Path folder) throws IOException {
        return new Client(folder, UnaryOperator.identity(), ServeGate.OPEN, "127.0.0.1");
    }

    static Client start(Path folder, UnaryOperator<EngineSettings> settings, ServeGate gate) throws IOException {
        return new Client(folder, settings, gate, "127.0.0.1");
    }

    static Client startAt(Path folder, String address) throws IOException {
        return new Client(folder, UnaryOperator.identity(), ServeGate.OPEN, address);
    }

    /** Writes the payload's files and seeds them; returns when peers are welcome. */
    Client seed(Payload payload) throws IOException {
        payload.writeTo(folder);
        return add(payload).await(payload, TorrentStatus.State.SEEDING);
    }

    Client add(Payload payload) {
        engine.add(payload.in(folder));
        return this;
    }

    Client await(Payload payload, TorrentStatus.State state) {
        Await.until(
                () -> "torrent is " + state + ", not " + status(payload) + gone + failures,
                () -> status(payload).state() == state);
        return this;
    }

    /** Connects to another client without a tracker. */
    Client meet(Payload payload, Client other) {
        return meet(payload, other.engine.address());
    }

    Client meet(Payload payload, InetSocketAddress address) {
        engine.addPeers(payload.metainfo().id(), List.of(address));
        return this;
    }

    TorrentStatus status(Payload payload) {
        return engine.status(payload.metainfo().id()).orElseThrow();
    }

    @Override
    public void pieceVerified(TorrentId torrent, int piece, int length, Set<Peer> from) {
        verified.add(piece);
        sources.add(from);
    }

    @Override
    public void pieceCorrupt(TorrentId torrent, int piece, Set<Peer> from) {
        corrupt.add(piece);
    }

    @Override
    public void blockSent(Peer peer, Block block) {
        sent.addAndGet(block.length());
    }

    @Override
    public void torrentCompleted(TorrentId torrent) {
        completed.add(torrent);
    }

    @Override
    public void torrentFailed(TorrentId torrent, String reason) {
        failures.add(reason);
    }

    @Override
    public void trackerFailed(TorrentId torrent, String reason) {
        trackerFailures.add(reason);
    }

    @Override
    public void peerGone(Peer peer, String reason) {
        gone.add(reason);
    }

    @Override
    public void close() {
        engine.close();
    }
}
