package io.pbts.benchmarks.receipts;

import java.time.Duration;
import java.util.Map;

/**
 * Reports that were answered, all of their receipts credited.
 *
 * @param cpu what each part used meanwhile
 */
record Repetition(long receipts, Duration elapsed, Map<String, Duration> cpu) {
    private static final double NANOS = 1e9;

    Repetition {
        cpu = Map.copyOf(cpu);
    }

    double perSecond() {
        return receipts * NANOS / elapsed.toNanos();
    }
}
