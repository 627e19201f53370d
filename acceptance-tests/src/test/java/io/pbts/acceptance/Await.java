package io.pbts.acceptance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks again until an answer fits, or waits for the clock alone. */
final class Await {
    private Await() {}

    static <T> T until(String what, Duration patience, Supplier<T> question, java.util.function.Predicate<T> fits) {
        long deadline = System.nanoTime() + patience.toNanos();
        T last = question.get();
        while (!fits.test(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%s: not within %s, last seen: %s".formatted(what, patience, last));
            }
            LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
            last = question.get();
        }
        return last;
    }

    /** Lets so much time pass. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
