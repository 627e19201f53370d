package io.pbts.benchmarks.transfer;

import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.Spread;
import java.util.List;
import java.util.Map;

/** The figures as a person reads them. */
final class TransferTable {
    private final Progress progress;

    TransferTable(Progress progress) {
        this.progress = progress;
    }

    void print(Map<Figure, Series> measured) {
        progress.line("");
        progress.line("%-26s %-9s %8s %8s %8s %20s %6s %-6s %10s"
                .formatted("", "unit", "min", "median", "max", "95 % of the mean", "bar", "", "libtorrent"));
        measured.forEach((figure, series) -> {
            List<Double> values = figure.values(series);
            Spread spread = Spread.of(values);
            Estimate estimate = Estimate.of(values);
            progress.line("%-26s %-9s %8.1f %8.1f %8.1f %20s %6.0f %-6s %10s"
                    .formatted(
                            figure.row(),
                            figure.unit(),
                            spread.min(),
                            spread.median(),
                            spread.max(),
                            "%.1f to %.1f".formatted(estimate.low(), estimate.high()),
                            figure.bar(),
                            figure.isMet(series) ? "met" : "MISSED",
                            series.course().limit() == 0
                                    ? "%.1f"
                                            .formatted(Spread.of(series.rates(Libtorrent.NAME))
                                                    .median())
                                    : "-"));
        });
        progress.line(
                "(loss: of the rate of the same transfer without receipts, turn by turn; the paper loses more than %.0f %%"
                                .formatted(Figure.PAPER_LOSS)
                        + " at 20 MB/s)");
    }
}
