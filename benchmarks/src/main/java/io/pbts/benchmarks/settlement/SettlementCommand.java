package io.pbts.benchmarks.settlement;

import io.pbts.benchmarks.result.Machine;
import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.ResultFile;
import io.pbts.benchmarks.result.Row;
import io.pbts.benchmarks.result.Row.Peer;
import io.pbts.benchmarks.result.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./pbts bench settlement}. Ends with 1 when a bar is missed: gas does not depend on the machine. */
@Command(name = "settlement", description = "gas per account of an epoch, and accounts in one transaction")
public final class SettlementCommand implements Callable<Integer> {
    private static final int MISSED = 1;
    /** A receipt is credited to one account and debited to another. */
    private static final int WRITES_PER_RECEIPT = 2;

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of(".");

    @Option(names = "--commit", hidden = true)
    private String commit = "unknown";

    @Option(names = "--repetitions", paramLabel = "N")
    private int repetitions = 3;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var progress = new Progress(System.out);
        String machine = Machine.describe();
        progress.line("%s, commit %s".formatted(machine, commit));
        progress.line("transactions on an empty dev chain, %,d gas each at most (EIP-7825)"
                .formatted(DevChain.TRANSACTION_CAP));
        List<Row> rows = new ArrayList<>();
        boolean met = measure(progress, rows);
        var file = new ResultFile(root.resolve("benchmarks").resolve("results"), "settlement");
        progress.line("written to %s".formatted(file.write(machine, commit, rows)));
        return met ? 0 : MISSED;
    }

    private boolean measure(Progress progress, List<Row> rows) throws IOException, InterruptedException {
        Path contracts = root.toAbsolutePath().normalize().resolve("contracts");
        String factory = Files.readString(contracts.resolve("artifacts").resolve("ReputationFactory.bin"));
        try (DevChain chain = DevChain.start(contracts)) {
            SettlementBench bench = SettlementBench.on(chain, factory);
            for (int i = 1; i <= repetitions; i++) {
                bench.repeat();
                progress.line("  repetition %d of %d".formatted(i, repetitions));
            }
            return print(bench, progress, rows);
        }
    }

    private static boolean print(SettlementBench bench, Progress progress, List<Row> rows) {
        double single = Spread.of(bench.singleWrites()).median();
        String asserted = "%,d balances read back from the chain after the transactions that made them"
                .formatted(bench.readBack());
        boolean met = true;
        progress.line("");
        progress.line("%-45s %10s %10s %10s %8s".formatted("", "min", "median", "max", "bar"));
        for (Figure figure : Figure.values()) {
            Spread spread = Spread.of(bench.of(figure));
            double worst = figure.isGas() ? spread.max() : spread.min();
            boolean meets = figure.meetsBar(worst);
            met &= meets;
            progress.line("%-45s %,10.1f %,10.1f %,10.1f %8s%s"
                    .formatted(
                            figure.row(),
                            spread.min(),
                            spread.median(),
                            spread.max(),
                            figure.bar().isPresent()
                                    ? "%,d".formatted(figure.bar().getAsLong())
                                    : "-",
                            meets ? "" : "  missed"));
            rows.add(Row.of(figure.row(), figure.isGas() ? "gas" : "accounts", spread, peer(figure, single), asserted));
        }
        progress.line("");
        progress.line(
                "a write by itself (updateReputation, %d for each receipt): %,.0f gas; in an epoch an account costs %.3f of it"
                        .formatted(
                                WRITES_PER_RECEIPT,
                                single,
                                Spread.of(bench.of(Figure.STEADY)).median() / single));
        progress.line("asserted: " + asserted);
        return met;
    }

    private static Peer peer(Figure figure, double single) {
        return figure.isGas()
                ? new Peer("updateReputation, one account by itself", single)
                : new Peer("updateReputation, in as much gas", Math.floor(DevChain.TRANSACTION_CAP / single));
    }
}
