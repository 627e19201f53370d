package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.Spread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures as a person reads them, and where the time went. */
final class ReceiptsTable {
    private static final double MICROS = 1e6;

    private final Progress progress;

    ReceiptsTable(Progress progress) {
        this.progress = progress;
    }

    void print(List<Measured> scenarios) {
        progress.line("");
        progress.line("durable receipts per second, load generator included");
        progress.line("%-18s %9s %9s %9s %9s %9s %8s".formatted("", "min", "median", "max", "bar", "aim", "paper"));
        for (Measured one : scenarios) {
            Spread spread = one.perSecond();
            Scenario scenario = one.scenario();
            progress.line("%-18s %,9.0f %,9.0f %,9.0f %,9d %,9d %8s"
                    .formatted(
                            scenario.row(),
                            spread.min(),
                            spread.median(),
                            spread.max(),
                            scenario.bar(),
                            scenario.aim(),
                            scenario.paper().isPresent()
                                    ? "%.1f".formatted(scenario.paper().getAsDouble())
                                    : "-"));
        }
        printCpu(scenarios);
        progress.line("");
        scenarios.forEach(
                one -> progress.line("asserted, %s: %s".formatted(one.scenario().row(), one.asserted())));
    }

    private void printCpu(Collection<Measured> scenarios) {
        progress.line("");
        progress.line("processor time for a receipt, microseconds");
        Map<String, List<Double>> byPart = new TreeMap<>();
        scenarios.forEach(one -> one.cpuPerReceipt()
                .forEach((part, micros) ->
                        byPart.computeIfAbsent(part, _ -> new ArrayList<>()).add(micros)));
        List<Double> others = byPart.getOrDefault(Measured.OTHERS, List.of());
        byPart.remove(Measured.OTHERS);
        line("", scenarios.stream().map(one -> one.scenario().row()).toList());
        byPart.forEach((part, micros) -> line(part, rounded(micros)));
        List<Double> own = scenarios.stream().map(Measured::ownCpuPerReceipt).toList();
        line("all of these", rounded(own));
        line(Measured.OTHERS, rounded(others));
        int processors = Runtime.getRuntime().availableProcessors();
        line(
                "receipts/s if busy",
                own.stream()
                        .map(micros -> "%,.0f".formatted(processors * MICROS / micros))
                        .toList());
        progress.line("(others: what else used this machine meanwhile. if busy: all %d processors for these alone)"
                .formatted(processors));
    }

    private static List<String> rounded(List<Double> values) {
        return values.stream().map(value -> "%.1f".formatted(value)).toList();
    }

    private void line(String name, List<String> cells) {
        var line = new StringBuilder("%-20s".formatted(name));
        cells.forEach(cell -> line.append(" %17s".formatted(cell)));
        progress.line(line.toString());
    }
}
