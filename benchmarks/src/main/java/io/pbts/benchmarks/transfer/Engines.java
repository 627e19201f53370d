package io.pbts.benchmarks.transfer;

import io.pbts.engine.Engine;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two engines of ours in this process, over loopback. */
final class Engines implements Way {
    private static final double NANOS = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String name;
    private final Path folder;
    private final Sides.Maker maker;

    /** Without receipts. */
    static Way plain(Path folder) {
        return new Engines(Figure.PLAIN, folder.resolve(Figure.PLAIN), _ -> Sides.PLAIN);
    }

    /** With receipts. */
    static Way signed(String name, Path folder, ReceiptPolicy policy) {
        var random = new SecureRandom();
        return new Engines(name, folder.resolve(name), torrent -> new SignedSides(torrent, policy, random));
    }

    /** @param folder for what arrives */
    Engines(String name, Path folder, Sides.Maker maker) {
        this.name = name;
        this.folder = folder;
        this.maker = maker;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome transfer(Sample sample, Course course) throws IOException, InterruptedException {
        Path arrived = Files.createDirectories(folder.resolve("arrived"));
        try {
            byte[] torrent = sample.torrent(course.pieceLength());
            TorrentSource sent = TorrentSource.ofFile(torrent, sample.folder(), List.of());
            TorrentSource wanted = TorrentSource.ofFile(torrent, arrived, List.of());
            Outcome outcome = transfer(sent, wanted, course);
            sample.requireIn(arrived);
            return outcome;
        } catch (MetainfoException e) {
            throw new IOException("no torrent of the sample: " + e.getMessage(), e);
        } finally {
            Sample.remove(folder.resolve("leecher"));
            Sample.remove(arrived);
        }
    }

    private Outcome transfer(TorrentSource sent, TorrentSource wanted, Course course)
            throws IOException, InterruptedException {
        try (Sides sides = maker.of(sent.metainfo());
                Engine seeder = sides.seeder(settings("seeder").withLimits(course.limit(), 0));
                Engine leecher = sides.leecher(settings("leecher"))) {
            seeder.add(sent);
            await(seeder, sent, State.SEEDING);
            leecher.add(wanted);
            await(leecher, wanted, State.DOWNLOADING);
            double cpu = cpuSeconds();
            long begin = System.nanoTime();
            leecher.addPeers(wanted.metainfo().id(), List.of(seeder.address()));
            await(leecher, wanted, State.SEEDING);
            double seconds = (System.nanoTime() - begin) / NANOS;
            double processor = cpuSeconds() - cpu;
            return new Outcome(seconds, processor, sides.settled(course));
        }
    }

    private EngineSettings settings(String role) {
        return EngineSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve(role));
    }

    private static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
    }

    private static void await(Engine engine, TorrentSource source, State state)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            TorrentStatus status = engine.status(source.metainfo().id()).orElseThrow();
            if (status.state() == state) {
                return;
            }
            if (status.state() == State.FAILED || System.nanoTime() - deadline > 0) {
                throw new IOException("a client is %s and not %s: %s"
                        .formatted(status.state(), state, status.failure().orElse("it takes too long")));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
