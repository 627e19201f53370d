package io.pbts.engine.limit;

import java.util.concurrent.atomic.LongAdder;

/** Bytes a second, smoothed over some seconds. Anybody adds; one ticks, once a second. */
public final class RateMeter {

    private static final double WEIGHT = 0.3;

    private final LongAdder total = new LongAdder();
    private long counted;
    private volatile double rate;

    public void add(long bytes) {
        total.add(bytes);
    }

    /** Closes a second. */
    public void tick() {
        long now = total.sum();
        double second = (double) now - counted;
        counted = now;
        rate = rate == 0 ? second : rate + WEIGHT * (second - rate);
    }

    /** Bytes a second as of the last tick. */
    public double rate() {
        return rate;
    }

    /** All bytes so far. */
    public long total() {
        return total.sum();
    }
}
