package io.pbts.benchmarks.result;

import java.util.List;

/** What several repetitions gave. */
public record Spread(double min, double median, double max) {
    /** The median of an even number of values is the lower one. */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no repetition");
        }
        List<Double> sorted = values.stream().sorted().toList();
        return new Spread(sorted.getFirst(), sorted.get((sorted.size() - 1) / 2), sorted.getLast());
    }
}
