package io.pbts.benchmarks.transfer;

import java.util.List;

/**
 * A mean and how far it can be trusted: Student's interval of 95 %.
 *
 * @param low lower bound; equal to the mean when there is one value only, like the upper one
 */
record Estimate(double low, double mean, double high) {
    /** Student's t for 1 to 30 degrees of freedom, two-sided, 95 %; beyond that the last one, which is a little too wide. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    static Estimate of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value");
        }
        int count = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        if (count == 1) {
            return new Estimate(mean, mean, mean);
        }
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double half = T[Math.min(count - 1, T.length) - 1] * Math.sqrt(squares / (count - 1) / count);
        return new Estimate(mean - half, mean, mean + half);
    }
}
