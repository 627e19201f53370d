package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.announce.AnnounceBench.Extent;
import io.pbts.benchmarks.result.Machine;
import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.ResultFile;
import io.pbts.benchmarks.result.Row;
import io.pbts.benchmarks.result.RowChoice;
import io.pbts.benchmarks.result.Spread;
import io.pbts.benchmarks.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./pbts bench announce}. */
@Command(name = "announce", description = "CPU and memory of an announce, beside opentracker and bittorrent-tracker")
public final class AnnounceCommand implements Callable<Integer> {
    private static final int TORRENTS = 1000;
    private static final int PEERS = 104;
    private static final int MANY_PEERS = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double MEMORY_BAR = 100;
    private static final String MEMORY = "bytes-per-peer";

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of(".");

    @Option(names = "--commit", hidden = true)
    private String commit = "unknown";

    @Option(names = "--seconds", paramLabel = "N", description = "of a repetition of one tracker")
    private int seconds = 5;

    @Option(names = "--repetitions", paramLabel = "N")
    private int repetitions = 5;

    @Option(names = "--warm-ups", paramLabel = "N", description = "repetitions before those that count")
    private int warmUps = 3;

    @Option(names = "--only", paramLabel = "ROW", description = "one row, for looking into it; writes no file")
    private String only = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        RowChoice.require(only, Stream.concat(Arrays.stream(Mode.values()).map(Mode::row), Stream.of(MEMORY)));
        var progress = new Progress(System.out);
        Path home = root.toAbsolutePath().normalize();
        String machine = Machine.describe();
        progress.line("%s, commit %s".formatted(machine, commit));
        Population population = Population.of(TORRENTS, PEERS);
        Path folder = Files.createTempDirectory("pbts-bench");
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
        progress.line("starting opentracker, bittorrent-tracker and the suite, profile production");
        List<Row> rows = new ArrayList<>();
        try (var opentracker = Rival.opentracker(folder, population);
                var node = Rival.node(home.resolve("benchmarks/trackers"), folder);
                var ourselves = new Ourselves(Suite.start(home, Ourselves.SETTINGS))) {
            ourselves.admit(population);
            ourselves.awaitCalm(PATIENCE);
            List<Contestant> all = List.of(opentracker, node, ourselves);
            all.forEach(one -> progress.line("  %-18s %s".formatted(one.name(), one.work())));
            rows.addAll(speed(all, population, progress));
            if (only.isEmpty() || only.equals(MEMORY)) {
                ourselves.admit(population.withPeers(MANY_PEERS));
                rows.add(memory(opentracker, ourselves, population.withPeers(MANY_PEERS), progress));
            }
        }
        if (only.isEmpty()) {
            var file = new ResultFile(root.resolve("benchmarks").resolve("results"), "announce");
            progress.line("written to %s".formatted(file.write(machine, commit, rows)));
        }
        return 0;
    }

    private List<Row> speed(List<Contestant> all, Population population, Progress progress) throws IOException {
        var extent = new Extent(Duration.ofSeconds(seconds), warmUps, repetitions);
        var bench = new AnnounceBench(all, population, progress, extent);
        for (Mode mode : Mode.values()) {
            if (only.isEmpty() || only.equals(mode.row())) {
                bench.measure(mode);
            }
        }
        var table = new AnnounceTable(progress);
        table.print(bench.measured());
        return bench.measured().entrySet().stream()
                .map(entry -> AnnounceTable.row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Row memory(Contestant opentracker, Contestant ourselves, Population large, Progress progress)
            throws IOException, InterruptedException {
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (Contestant tracker : List.of(opentracker, ourselves)) {
            bytes.put(tracker.name(), AnnounceBench.bytesPerPeer(tracker, large));
        }
        double ours = bytes.getOrDefault(ourselves.name(), 0.0);
        double theirs = bytes.getOrDefault(opentracker.name(), 0.0);
        String asserted = "%,d announces of as many peers answered".formatted(large.size());
        progress.line("");
        progress.line(
                "bytes per peer, %,d peers: %.1f here (live heap, with accounts; bar %.0f), opentracker %.1f (resident)"
                        .formatted(large.size(), ours, MEMORY_BAR, theirs));
        return Row.of(
                MEMORY, "bytes", new Spread(ours, ours, ours), new Row.Peer(opentracker.name(), theirs), asserted);
    }
}
