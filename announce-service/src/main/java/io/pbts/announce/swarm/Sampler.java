package io.pbts.announce.swarm;

import java.util.SplittableRandom;

/**
 * Draws k of n numbers so that every set of k is equally likely, in O(k) whatever n (Floyd's algorithm; Bentley, Floyd: "A
 * sample of brilliance", CACM 30(9), 1987). Reused: marks of earlier draws are told apart by a stamp, so nothing is cleared.
 */
public final class Sampler {
    private final SplittableRandom random;
    private final long[] marks;
    private long stamp;

    Sampler(int capacity, SplittableRandom random) {
        this.random = random;
        this.marks = new long[Math.max(2, Integer.highestOneBit(Math.max(1, capacity)) * 4)];
    }

    /** Starts a draw. */
    public void begin() {
        stamp++;
    }

    /** The next number of a draw; {@code last} runs from n - k up to n - 1, one step per call. */
    public int next(int last) {
        int drawn = random.nextInt(last + 1);
        if (mark(drawn)) {
            return drawn;
        }
        mark(last);
        return last;
    }

    private boolean mark(int value) {
        long entry = (stamp << 32) | value;
        int mask = marks.length - 1;
        int slot = ((value * 0x9E3779B9) >>> 7) & mask;
        while (marks[slot] >>> 32 == (stamp & 0xFFFF_FFFFL)) {
            if (marks[slot] == entry) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        marks[slot] = entry;
        return true;
    }
}
