package io.pbts.benchmarks.announce;

import java.time.Duration;

/**
 * Announces that were answered as they must be.
 *
 * @param p99 milliseconds from when an announce was due to its answer that 99 of 100 stayed within
 * @param lost packets that were sent again
 */
record Outcome(long answered, Duration elapsed, double p99, long lost) {
    private static final double NANOS_PER_SECOND = 1e9;

    double perSecond() {
        return answered / (elapsed.toNanos() / NANOS_PER_SECOND);
    }
}
