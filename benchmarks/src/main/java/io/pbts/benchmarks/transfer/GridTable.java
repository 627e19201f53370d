package io.pbts.benchmarks.transfer;

import io.pbts.benchmarks.result.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * What the grid says, line by line.
 *
 * @param series of all rates and lengths of pieces
 */
record GridTable(List<Series> series) {
    private static final double GIBI = 1 << 30;

    GridTable {
        series = List.copyOf(series);
    }

    /**
     * A way to sign on one course.
     *
     * @param loss of the rate without receipts, percent
     * @param cpu seconds of both clients, more than without receipts, for a GiB
     * @param signatures for a GiB
     * @param reportBytes for a GiB
     */
    record Line(Course course, String way, Estimate loss, double cpu, double signatures, double reportBytes) {}

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Series one : series) {
            double perGibi = GIBI / one.course().bytes();
            double plain = Estimate.of(one.cpuSeconds(Figure.PLAIN)).mean();
            for (String way : one.ways()) {
                if (!way.equals(Figure.PLAIN)) {
                    Outcome.Receipts receipts = one.receipts(way);
                    lines.add(new Line(
                            one.course(),
                            way,
                            Estimate.of(one.losses(way, Figure.PLAIN)),
                            (Estimate.of(one.cpuSeconds(way)).mean() - plain) * perGibi,
                            receipts.signatures() * perGibi,
                            receipts.reportBytes() * perGibi));
                }
            }
        }
        return lines;
    }

    void print(Progress progress) {
        progress.line("");
        progress.line("%-20s %-9s %8s %18s %10s %10s %12s"
                .formatted("", "signed", "loss %", "95 %", "CPU s/GiB", "sig./GiB", "report B/GiB"));
        for (Line line : lines()) {
            progress.line("%-20s %-9s %8.2f %18s %10.2f %,10.0f %,12.0f"
                    .formatted(
                            line.course().name(),
                            line.way(),
                            line.loss().mean(),
                            "%.2f to %.2f"
                                    .formatted(line.loss().low(), line.loss().high()),
                            line.cpu(),
                            line.signatures(),
                            line.reportBytes()));
        }
        PaperTransfers.LINES.forEach(progress::line);
    }
}
