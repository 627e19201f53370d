package io.pbts.local.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Bounded waiting for something outside this process, which can only be asked again and again. */
public final class Waiting {
    private static final Duration POLL = Duration.ofMillis(50);

    private Waiting() {}

    /** Whether the condition came true in time; false also when the waiting thread is told to stop. */
    public static boolean until(BooleanSupplier condition, Duration limit) {
        return until(condition, limit, POLL);
    }

    /** The same for a question that costs the one who is asked. */
    public static boolean until(BooleanSupplier condition, Duration limit, Duration poll) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos() || !pause(poll)) {
                return false;
            }
        }
        return true;
    }

    /** Sleeps; false when the thread is told to stop. */
    public static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
