package io.pbts.benchmarks.announce;

import java.time.Duration;
import java.util.Arrays;

/** Counts the answers of one run. */
final class Tally {
    private static final int MOST = 4_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] nanos = new long[MOST];
    private final long start = System.nanoTime();
    private long answered;
    private long lost;

    void answered(long due, long now) {
        if (answered < MOST) {
            nanos[(int) answered] = now - due;
        }
        answered++;
    }

    void lost() {
        lost++;
    }

    Outcome end() {
        return new Outcome(answered, Duration.ofNanos(System.nanoTime() - start), p99(), lost);
    }

    private double p99() {
        int known = (int) Math.min(answered, MOST);
        Arrays.sort(nanos, 0, known);
        return known == 0 ? 0 : nanos[known - 1 - known / 100] / NANOS_PER_MILLI;
    }
}
