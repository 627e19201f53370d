package io.pbts.announce.limit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Token buckets of many clients in one array that never grows: no lock, and no object per client or request.
 *
 * <p>A bucket is a single point in time, the one at which it will be full again (generic cell rate algorithm, ITU-T I.371):
 * a request moves it on by the time that one token takes to grow, and is refused when it lies further ahead than a whole
 * bucket takes. A bucket whose time has passed says no more than an absent one, so that its slot is free without anybody
 * having swept it. A client has eight slots to be in, and only when all eight are in use does the fullest of them begin anew:
 * whoever brings so many addresses that this happens gains less than the addresses give him anyway.
 *
 * <p>A slot holds 16 bits of the client's key above 48 bits of time in steps of 1024 ns, enough for nine years. Where the key
 * lies and what is kept of it are independent bits of a hash under a secret, so that nobody can aim for another's bucket.
 */
public final class RateTable {
    private static final int WAYS = 8;
    private static final int STEP_BITS = 10;
    private static final int TIME_BITS = 48;
    private static final long TIME = (1L << TIME_BITS) - 1;
    private static final long STEPS_PER_SECOND = 1_000_000_000L >> STEP_BITS;

    private final AtomicLongArray slots;
    private final int sets;
    private final long origin;
    private final long step;
    private final long most;

    /**
     * A table of full buckets.
     *
     * @param entries power of two, at least 8
     * @param rate tokens per second
     * @param burst tokens of a full bucket
     * @param nanoTime now, by {@link System#nanoTime()}
     */
    public RateTable(int entries, int rate, int burst, long nanoTime) {
        if (Integer.bitCount(entries) != 1 || entries < WAYS || rate < 1 || burst < 1) {
            throw new IllegalArgumentException("not a table: %d, %d/s, %d".formatted(entries, rate, burst));
        }
        slots = new AtomicLongArray(entries);
        sets = entries / WAYS;
        origin = nanoTime;
        step = Math.max(1, Math.round((double) STEPS_PER_SECOND / rate));
        most = (burst - 1) * step;
    }

    /** Takes a token for the client of this key; false when there is none. */
    public boolean take(long key, long nanoTime) {
        long now = Math.max(0, nanoTime - origin) >>> STEP_BITS;
        long tag = key & ~TIME;
        int first = ((int) key & (sets - 1)) * WAYS;
        while (true) {
            int slot = slotOf(tag, first);
            long word = slots.get(slot);
            boolean known = (word & ~TIME) == tag;
            long full = known ? Math.max(word & TIME, now) : now;
            if (full - now > most) {
                return false;
            }
            if (slots.compareAndSet(slot, word, tag | (full + step))) {
                return true;
            }
        }
    }

    /** Where the key is, or else the slot that is missed least: a free one if there is any. */
    private int slotOf(long tag, int first) {
        int fullest = first;
        long earliest = Long.MAX_VALUE;
        for (int slot = first; slot < first + WAYS; slot++) {
            long word = slots.get(slot);
            if ((word & ~TIME) == tag) {
                return slot;
            }
            long full = word & TIME;
            if (full < earliest) {
                earliest = full;
                fullest = slot;
            }
        }
        return fullest;
    }

    /** Bytes, whatever happens. */
    public long size() {
        return (long) slots.length() * Long.BYTES;
    }
}
