package io.pbts.benchmarks.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The grid as files for others: CSV, a LaTeX table, and a plot.
 *
 * @param folder made when it is not there
 */
record GridFiles(Path folder) {

    /** Answers the folder. */
    Path write(List<Series> series) throws IOException {
        List<GridTable.Line> lines = new GridTable(series).lines();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("transfer.csv"), csv(lines), UTF_8);
        Files.writeString(folder.resolve("transfer.tex"), latex(lines), UTF_8);
        Files.writeString(folder.resolve("transfer.svg"), new LossPlot(lines).svg(), UTF_8);
        return folder;
    }

    static String csv(List<GridTable.Line> lines) {
        return "rate,piece,attestation,loss_percent,loss_low,loss_high,cpu_s_per_gib,signatures_per_gib,report_bytes_per_gib\n"
                + lines.stream().map(GridFiles::csv).collect(Collectors.joining());
    }

    private static String csv(GridTable.Line line) {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%.3f,%.3f,%.3f,%.3f,%.0f,%.0f%n",
                line.course().rate(),
                line.course().piece(),
                line.way(),
                line.loss().mean(),
                line.loss().low(),
                line.loss().high(),
                line.cpu(),
                line.signatures(),
                line.reportBytes());
    }

    static String latex(List<GridTable.Line> lines) {
        String comments =
                PaperTransfers.LINES.stream().map(line -> "% " + line + "\n").collect(Collectors.joining());
        String rows = lines.stream()
                .map(line -> String.format(
                        Locale.ROOT,
                        "%s & %s & %s & $%.2f$ & $[%.2f, %.2f]$ & %.0f & %.0f \\\\%n",
                        line.course().rate(),
                        line.course().piece(),
                        line.way(),
                        line.loss().mean(),
                        line.loss().low(),
                        line.loss().high(),
                        line.signatures(),
                        line.reportBytes()))
                .collect(Collectors.joining());
        return comments
                + "\\begin{tabular}{lllrrrr}\n"
                + "Rate & Pieces & Attestation & Loss (\\%) & 95\\,\\% & Signatures/GiB & Report (B/GiB) \\\\ \\hline\n"
                + rows
                + "\\end{tabular}\n";
    }
}
