package io.pbts.benchmarks.announce;

import java.time.Duration;

/**
 * When the next announce is due, and when to stop. Either as fast as answers come back, or at a fixed rate whatever comes
 * back, so that a tracker that stalls is charged for those that had to wait (no coordinated omission).
 */
final class Pace {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final boolean once;
    private final long end;
    private final double interval;
    private final long start;
    private long given;

    private Pace(boolean once, Duration length, double perSecond) {
        this.once = once;
        start = System.nanoTime();
        end = start + length.toNanos();
        interval = perSecond == 0 ? 0 : NANOS_PER_SECOND / perSecond;
    }

    /** Everybody one time, as fast as may be; to be done in ten minutes. */
    static Pace once() {
        return new Pace(true, Duration.ofMinutes(10), 0);
    }

    static Pace flatOut(Duration length) {
        return new Pace(false, length, 0);
    }

    static Pace at(double perSecond, Duration length) {
        return new Pace(false, length, perSecond);
    }

    /** Number of the announce that follows on one lane of several, each of which has every so many-th; -1 when all were sent. */
    int after(int number, int lanes, int population) {
        if (number + lanes < population) {
            return number + lanes;
        }
        return once ? -1 : number % lanes;
    }

    boolean isOver(long now) {
        return now - end >= 0;
    }

    /** Whether an announce is due; then {@link #take} gives the time it was due at. */
    boolean isDue(long now) {
        return !isOver(now) && (interval == 0 || now - dueAt() >= 0);
    }

    long take(long now) {
        long due = interval == 0 ? now : dueAt();
        given++;
        return due;
    }

    private long dueAt() {
        return start + (long) (given * interval);
    }
}
