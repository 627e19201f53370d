package io.pbts.announce.limit;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many connections each client has, in two rows of counters (count-min sketch; Cormode, Muthukrishnan 2005): never too
 * few, and too many only for a client that shares both of its counters with busy ones.
 */
final class ConnectionCounts {
    private final AtomicIntegerArray counters;
    private final int width;
    private final int most;

    /** Takes the counters of a row, a power of two, and the most connections of a client. */
    ConnectionCounts(int width, int most) {
        this.width = width;
        this.most = most;
        counters = new AtomicIntegerArray(2 * width);
    }

    /** Counts one more, unless that is too many; if it was counted, {@link #leave(long)} must follow. */
    boolean enter(long key) {
        int fewest = Math.min(counters.incrementAndGet(first(key)), counters.incrementAndGet(second(key)));
        if (fewest > most) {
            leave(key);
            return false;
        }
        return true;
    }

    void leave(long key) {
        counters.decrementAndGet(first(key));
        counters.decrementAndGet(second(key));
    }

    long size() {
        return (long) counters.length() * Integer.BYTES;
    }

    private int first(long key) {
        return (int) key & (width - 1);
    }

    private int second(long key) {
        return width + ((int) (key >>> 32) & (width - 1));
    }
}
