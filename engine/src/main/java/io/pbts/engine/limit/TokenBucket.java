package io.pbts.engine.limit;

import java.util.function.LongSupplier;

/**
 * So many bytes a second, with a burst of a quarter of a second. What was taken beyond the burst is owed: the next one
 * waits for it. A rate of 0 is no limit.
 */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double bytesPerNano;
    private final double burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    /**
     * A full bucket.
     *
     * @param nanoTime like {@link System#nanoTime}
     */
    public TokenBucket(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerNano = bytesPerSecond / NANOS_PER_SECOND;
        this.burst = bytesPerSecond / 4.0;
        this.tokens = burst;
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Takes the bytes when there is anything in the bucket: 0, or else the nanoseconds until there will be. */
    public synchronized long tryTake(long bytes) {
        if (bytesPerNano == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - filledAt) * bytesPerNano);
        filledAt = now;
        if (tokens <= 0) {
            return (long) Math.ceil(-tokens / bytesPerNano) + 1;
        }
        tokens -= bytes;
        return 0;
    }
}
