package io.pbts.benchmarks.transfer;

import io.pbts.benchmarks.result.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One course gone by several ways in turns, every second time in the opposite order: what one of them has to bear from the
 * machine, the next has to bear too.
 */
final class Series {
    private static final double PERCENT = 100;

    private final Course course;
    private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();

    private Series(Course course) {
        this.course = course;
    }

    /**
     * How often.
     *
     * @param warmUps turns that do not count
     */
    record Extent(int warmUps, int turns) {}

    static Series run(Course course, Sample sample, List<Way> ways, Extent extent, Progress progress)
            throws IOException, InterruptedException {
        Series series = new Series(course);
        ways.forEach(way -> series.outcomes.put(way.name(), new ArrayList<>()));
        for (int turn = 0; turn < extent.warmUps() + extent.turns(); turn++) {
            boolean counts = turn >= extent.warmUps();
            for (Way way : turn % 2 == 0 ? ways : ways.reversed()) {
                Outcome outcome = way.transfer(sample, course);
                progress.line("  %-22s %-12s %8.1f MB/s %7.2f s of CPU%s"
                        .formatted(
                                course.name(),
                                way.name(),
                                course.megabytesPerSecond(outcome.seconds()),
                                outcome.cpuSeconds(),
                                counts ? "" : " (warm-up)"));
                if (counts) {
                    series.outcomes(way.name()).add(outcome);
                }
            }
        }
        return series;
    }

    Course course() {
        return course;
    }

    private List<Outcome> outcomes(String way) {
        List<Outcome> some = outcomes.get(way);
        if (some == null) {
            throw new IllegalArgumentException(way + " did not take part in " + course.name());
        }
        return some;
    }

    /** Megabytes (10^6) a second of each turn. */
    List<Double> rates(String way) {
        return outcomes(way).stream()
                .map(outcome -> course.megabytesPerSecond(outcome.seconds()))
                .toList();
    }

    List<Double> cpuSeconds(String way) {
        return outcomes(way).stream().map(Outcome::cpuSeconds).toList();
    }

    /** What the sender was given in the last turn. */
    Outcome.Receipts receipts(String way) {
        return outcomes(way).getLast().receipts();
    }

    List<String> ways() {
        return List.copyOf(outcomes.keySet());
    }

    /** By how many percent a way was slower than another in each turn; below 0 when it was faster. */
    List<Double> losses(String way, String than) {
        List<Double> ours = rates(way);
        List<Double> theirs = rates(than);
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            losses.add(PERCENT * (1 - ours.get(i) / theirs.get(i)));
        }
        return losses;
    }
}
