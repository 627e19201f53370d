package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.receipts.ReceiptsBench.Extent;
import io.pbts.benchmarks.result.Machine;
import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.ResultFile;
import io.pbts.benchmarks.result.Row;
import io.pbts.benchmarks.result.RowChoice;
import io.pbts.benchmarks.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./pbts bench receipts}. */
@Command(name = "receipts", description = "receipts that the started suite makes durable in a second")
public final class ReceiptsCommand implements Callable<Integer> {
    /** Credit that no receiver uses up, one tenth of what the chain's counter holds; and the gateway's limits lifted. */
    private static final Map<String, String> SETTINGS = Map.of(
            "INITIAL_CREDIT_POLICY", "always",
            "INITIAL_CREDIT_BYTES", Long.toString(1L << 40),
            "PBTS_RATE_FACTOR", "10000",
            "PBTS_SETTLEMENT_INTERVAL", "10m");

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of(".");

    @Option(names = "--commit", hidden = true)
    private String commit = "unknown";

    @Option(names = "--seconds", paramLabel = "N", description = "of a repetition, at the bar")
    private int seconds = 8;

    @Option(names = "--repetitions", paramLabel = "N")
    private int repetitions = 5;

    @Option(names = "--warm-ups", paramLabel = "N", description = "repetitions before those that count")
    private int warmUps = 2;

    @Option(names = "--only", paramLabel = "ROW", description = "one row, for looking into it; writes no file")
    private String only = "";

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        RowChoice.require(only, Arrays.stream(Scenario.values()).map(Scenario::row));
        var progress = new Progress(System.out);
        String machine = Machine.describe();
        progress.line("%s, commit %s".formatted(machine, commit));
        List<Measured> measured = suite(progress);
        new ReceiptsTable(progress).print(measured);
        if (!only.isEmpty()) {
            return 0;
        }
        progress.line("");
        progress.line("measuring what the paper measured ...");
        List<Row> paper = PaperComparison.measure();
        PaperComparison.print(paper, progress);
        List<Row> rows = new ArrayList<>(measured.stream().map(Measured::row).toList());
        rows.addAll(paper);
        var file = new ResultFile(root.resolve("benchmarks").resolve("results"), "receipts");
        progress.line("");
        progress.line("written to %s".formatted(file.write(machine, commit, rows)));
        return 0;
    }

    private List<Measured> suite(Progress progress) throws IOException, InterruptedException {
        progress.line("starting the suite, profile production, reports by way of the gateway, %d in flight"
                .formatted(Driver.LANES));
        progress.line("for the bench: rate limits lifted, credit for everybody, settlement each 10 minutes");
        List<Measured> measured = new ArrayList<>();
        try (Suite suite = Suite.start(root.toAbsolutePath().normalize(), SETTINGS)) {
            measure(suite, progress, measured);
        }
        return measured;
    }

    private void measure(Suite suite, Progress progress, List<Measured> measured)
            throws IOException, InterruptedException {
        var extent = new Extent(seconds, warmUps, repetitions);
        var bench = new ReceiptsBench(suite, Clock.systemUTC(), progress, extent);
        try {
            for (Scenario scenario : Scenario.values()) {
                if (only.isEmpty() || only.equals(scenario.row())) {
                    measured.add(bench.measure(scenario));
                }
            }
        } catch (IOException failed) {
            progress.line("what the parts said is in " + suite.keepData().resolve("logs"));
            throw failed;
        }
    }
}
