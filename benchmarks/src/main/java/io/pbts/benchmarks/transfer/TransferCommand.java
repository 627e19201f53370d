package io.pbts.benchmarks.transfer;

import io.pbts.benchmarks.result.Machine;
import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.ResultFile;
import io.pbts.benchmarks.result.RowChoice;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./pbts bench transfer}. */
@Command(name = "transfer", description = "how fast files move, and what receipts cost")
public final class TransferCommand implements Callable<Integer> {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int MEBI = 1 << 20;

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of(".");

    @Option(names = "--commit", hidden = true)
    private String commit = "unknown";

    @Option(names = "--seconds", paramLabel = "N", description = "that a limited transfer lasts")
    private int seconds = 8;

    @Option(names = "--mebibytes", paramLabel = "N", description = "of a transfer without a limit")
    private int mebibytes = 1024;

    @Option(names = "--repetitions", paramLabel = "N")
    private int repetitions = 7;

    @Option(names = "--warm-ups", paramLabel = "N", description = "repetitions before those that count")
    private int warmUps = 2;

    @Option(names = "--full", description = "all rates, lengths of pieces and ways to sign; takes an hour")
    private boolean full;

    @Option(names = "--only", paramLabel = "ROW", description = "one row, for looking into it; writes no file")
    private String only = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        RowChoice.require(only, Arrays.stream(Figure.values()).map(Figure::row));
        var progress = new Progress(System.out);
        String machine = Machine.describe();
        progress.line("%s, commit %s".formatted(machine, commit));
        Path folder = Files.createTempDirectory(room(), "pbts-bench");
        Map<Figure, Series> measured = new EnumMap<>(Figure.class);
        List<Series> grid = new ArrayList<>();
        try {
            measure(folder, progress, measured);
            if (full) {
                grid.addAll(Grid.measure(
                        folder, (long) mebibytes * MEBI, seconds, new Series.Extent(0, repetitions), progress));
            }
        } finally {
            Sample.remove(folder);
        }
        new TransferTable(progress).print(measured);
        if (full) {
            new GridTable(grid).print(progress);
            progress.line("written to " + new GridFiles(root.resolve("benchmarks/results")).write(grid));
        }
        if (only.isEmpty()) {
            var file = new ResultFile(root.resolve("benchmarks").resolve("results"), "transfer");
            progress.line("written to "
                    + file.write(
                            machine,
                            commit,
                            measured.entrySet().stream()
                                    .map(entry -> entry.getKey().toRow(entry.getValue()))
                                    .toList()));
        }
        return 0;
    }

    /** In memory, if there is room for three copies of the file: disks are not what is measured. */
    private Path room() throws IOException {
        boolean fits = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > 3L * mebibytes * MEBI;
        return fits ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private void measure(Path folder, Progress progress, Map<Figure, Series> measured)
            throws IOException, InterruptedException {
        progress.line("files in %s, %d turns after %d that do not count".formatted(folder, repetitions, warmUps));
        var extent = new Series.Extent(warmUps, repetitions);
        Map<Long, Sample> samples = new HashMap<>();
        for (Course course : courses()) {
            List<Figure> figures = wanted(course);
            if (figures.isEmpty()) {
                continue;
            }
            Sample sample = samples.get(course.bytes());
            if (sample == null) {
                sample = Sample.create(folder, course.bytes());
                samples.put(course.bytes(), sample);
            }
            Series series = Series.run(course, sample, ways(folder, course), extent, progress);
            figures.forEach(figure -> measured.put(figure, series));
        }
    }

    private List<Course> courses() {
        long whole = (long) mebibytes * MEBI;
        long shaped = 20_000_000;
        return List.of(
                new Course(256 << 10, whole, 0),
                new Course(1 << 20, whole, 0),
                new Course(256 << 10, shaped * seconds, shaped));
    }

    private List<Figure> wanted(Course course) {
        List<Figure> figures = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            if (figure.isOf(course) && (only.isEmpty() || figure.row().equals(only))) {
                figures.add(figure);
            }
        }
        return figures;
    }

    private static List<Way> ways(Path folder, Course course) throws IOException {
        Way plain = Engines.plain(folder);
        Way signed = Engines.signed(Figure.SIGNED, folder, ReceiptPolicy.of(Ordinary.REQUIRE));
        return course.limit() == 0
                ? List.of(plain, signed, new Libtorrent(folder.resolve(Libtorrent.NAME)))
                : List.of(plain, signed);
    }
}
