package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.Row;
import io.pbts.benchmarks.result.Spread;
import java.util.Map;
import java.util.Objects;

/** The figures as a person reads them. */
final class AnnounceTable {
    private static final double MOST_MILLIS = 5;

    private final Progress progress;

    AnnounceTable(Progress progress) {
        this.progress = progress;
    }

    void print(Map<Mode, Map<String, Measured>> measured) {
        progress.line("");
        progress.line("%-15s %-19s %26s %10s %22s"
                .formatted(
                        "",
                        "",
                        "CPU us an announce (spread)",
                        "announces/s",
                        "p99 ms at 70 %%, bar %.0f".formatted(MOST_MILLIS)));
        measured.forEach((mode, trackers) -> {
            trackers.forEach((name, one) -> line(mode, name, one));
            progress.line("%-15s %s".formatted("", verdict(mode, trackers)));
        });
    }

    private void line(Mode mode, String name, Measured one) {
        Spread micros = one.micros();
        progress.line("%-15s %-19s %11.1f (%5.1f - %5.1f) %,11.0f %17.2f%s"
                .formatted(
                        mode.row(),
                        name,
                        micros.median(),
                        micros.min(),
                        micros.max(),
                        one.perSecond().median(),
                        one.p99().median(),
                        one.lost() == 0 ? "" : "  %,d packets sent again".formatted(one.lost())));
    }

    private static String verdict(Mode mode, Map<String, Measured> trackers) {
        double ours = of(trackers, Ourselves.NAME).micros().median();
        double ratio = ours / of(trackers, mode.peer()).micros().median();
        String text = "%.2f of %s's".formatted(ratio, mode.peer());
        if (mode.mostRatio().isPresent()) {
            double most = mode.mostRatio().getAsDouble();
            return text + "; bar %.1f%s".formatted(most, ratio <= most ? "" : ", missed");
        }
        double most = mode.mostMicros().orElseThrow();
        return text + "; bar %.0f us%s".formatted(most, ours <= most ? "" : ", missed");
    }

    static Row row(Mode mode, Map<String, Measured> trackers) {
        Measured ours = of(trackers, Ourselves.NAME);
        Measured theirs = of(trackers, mode.peer());
        return Row.of(
                mode.row(),
                "cpu_us",
                ours.micros(),
                new Row.Peer(mode.peer(), theirs.micros().median()),
                "%d peers in each of %,d answers here and %,d there"
                        .formatted(Population.WANTED, ours.answered(), theirs.answered()));
    }

    private static Measured of(Map<String, Measured> trackers, String name) {
        return Objects.requireNonNull(trackers.get(name), name);
    }
}
