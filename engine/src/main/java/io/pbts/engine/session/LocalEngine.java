package io.pbts.engine.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.engine.Engine;
import io.pbts.engine.EngineListener;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.ServeGate;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus;
import io.pbts.engine.limit.SlabPool;
import io.pbts.engine.limit.TokenBucket;
import io.pbts.engine.torrent.Shared;
import io.pbts.engine.torrent.Torrent;
import io.pbts.engine.tracker.Trackers;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.tuweni.bytes.Bytes;

/** The engine of this process: its torrents, the socket they share, and the clock that ticks for them. */
public final class LocalEngine implements Engine {

    private static final String CLIENT = "-PB0100-";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Map<TorrentId, Torrent> torrents = new ConcurrentHashMap<>();
    private final ExecutorService hashers;
    private final ScheduledExecutorService timer;
    private final Listener listener;
    private final Shared shared;

    private LocalEngine(EngineSettings settings, ServeGate gate, EngineListener events) throws IOException {
        this.listener = Listener.bind(settings.listen());
        this.hashers = Executors.newFixedThreadPool(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
                Thread.ofPlatform().daemon().name("pbts-hash-", 0).factory());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("pbts-timer").factory());
        this.shared = new Shared(
                settings,
                peerId(new SecureRandom()),
                listener.address().getPort(),
                gate,
                events,
                new SlabPool(settings.bufferBytes()),
                new TokenBucket(settings.uploadLimit(), System::nanoTime),
                new TokenBucket(settings.downloadLimit(), System::nanoTime),
                hashers,
                timer,
                new Trackers(listener.address().getAddress()),
                new Semaphore(settings.maxPeers()),
                new AtomicLong());
    }

    /** As {@link Engine#start}. */
    public static LocalEngine start(EngineSettings settings, ServeGate gate, EngineListener events) throws IOException {
        LocalEngine engine = new LocalEngine(settings, gate, events);
        engine.listener.start(engine.shared, engine::find);
        engine.tickEachSecond();
        return engine;
    }

    /** Twenty bytes that name client, version and this run (BEP 20). */
    private static PeerId peerId(SecureRandom random) {
        StringBuilder id = new StringBuilder(CLIENT);
        while (id.length() < PeerId.SIZE) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return PeerId.ofBytes(id.toString().getBytes(US_ASCII));
    }

    private Optional<Torrent> find(Bytes infoHash) {
        return torrents.values().stream()
                .filter(torrent -> torrent.infoHash().equals(infoHash))
                .findFirst();
    }

    private void tickEachSecond() {
        Thread.ofVirtual().name("pbts-tick").start(() -> {
            while (!timer.isShutdown()) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                torrents.values().forEach(Torrent::tick);
            }
        });
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public void add(TorrentSource source) {
        Torrent torrent = new Torrent(shared, source);
        if (torrents.putIfAbsent(torrent.id(), torrent) != null) {
            throw new IllegalArgumentException("takes part already: " + torrent.id());
        }
        torrent.start();
    }

    @Override
    public void resume(TorrentId torrent) {
        Torrent known = torrents.get(torrent);
        if (known != null) {
            known.start();
        }
    }

    @Override
    public void remove(TorrentId torrent) {
        Torrent known = torrents.get(torrent);
        if (known != null) {
            known.stop();
            torrents.remove(torrent, known);
        }
    }

    @Override
    public void addPeers(TorrentId torrent, Collection<InetSocketAddress> addresses) {
        Torrent known = torrents.get(torrent);
        if (known != null) {
            known.addPeers(addresses);
        }
    }

    @Override
    public Optional<TorrentStatus> status(TorrentId torrent) {
        return Optional.ofNullable(torrents.get(torrent)).map(Torrent::status);
    }

    /** All torrents stop at the same time: each may wait for a tracker. */
    @Override
    public void close() {
        listener.close();
        List<Thread> stopping = new ArrayList<>();
        torrents.values().forEach(torrent -> stopping.add(Thread.ofVirtual().start(torrent::stop)));
        try {
            for (Thread one : stopping) {
                one.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        hashers.shutdown();
    }
}
