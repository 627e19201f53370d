package io.pbts.announce.accounting;

/**
 * The last counters of some peers behind one lock: an open-addressed table of three words a peer. A word holds 48 bits of a
 * counter and half of the second in which the peer was last heard of. Nothing is removed one by one: what is too old is left
 * out when the table is made anew, a quarter larger until it may not grow.
 */
final class CounterShard {
    /** Where counters end, 256 TiB; what claims more stays there. */
    static final long LARGEST = (1L << 48) - 1;

    private static final int SMALLEST = 16;
    private static final int WORDS = 3;

    private final int most;
    private final int keptSeconds;
    private long[] table = new long[SMALLEST * WORDS];
    private int entries;

    /** Takes how many peers are remembered, and for how long. */
    CounterShard(int most, int keptSeconds) {
        this.most = Math.max(most, SMALLEST / 2);
        this.keptSeconds = keptSeconds;
    }

    /**
     * Remembers the counters of the peer, and claims what they add.
     *
     * @param key not 0
     * @param now in seconds
     */
    synchronized void announce(long key, long up, long down, int now, Claim claim) {
        int at = find(table, key);
        if (table[at] == 0) {
            at = insert(key, now);
            claim.nothing();
        } else if (now - secondAt(table, at) > keptSeconds) {
            claim.nothing();
        } else {
            claim.delta(
                    Math.min(up, LARGEST) - (table[at + 1] >>> 16),
                    Math.min(down, LARGEST) - (table[at + 2] >>> 16),
                    Math.max(0, now - secondAt(table, at)));
        }
        table[at + 1] = (Math.min(up, LARGEST) << 16) | (now >>> 16);
        table[at + 2] = (Math.min(down, LARGEST) << 16) | (now & 0xffff);
    }

    synchronized int entries() {
        return entries;
    }

    private int insert(long key, int now) {
        if ((entries + 1) * 20L > places() * 17L || entries >= most) {
            makeRoom(now);
        }
        int at = find(table, key);
        table[at] = key;
        entries++;
        return at;
    }

    /** Leaves out the old, and when the table may not grow so much of the rest, oldest first, that a tenth of it is free. */
    private void makeRoom(int now) {
        int oldest = keptSeconds;
        int left = youngerThan(oldest, now);
        while (left > most - most / 10 - 1) {
            oldest = oldest / 2;
            left = oldest == 0 ? 0 : youngerThan(oldest, now);
        }
        long[] old = table;
        table = new long[Math.max(SMALLEST, left + left / 2 + 1) * WORDS];
        entries = 0;
        for (int at = 0; at < old.length; at += WORDS) {
            if (old[at] != 0 && now - secondAt(old, at) < oldest) {
                System.arraycopy(old, at, table, find(table, old[at]), WORDS);
                entries++;
            }
        }
    }

    private int youngerThan(int seconds, int now) {
        int number = 0;
        for (int at = 0; at < table.length; at += WORDS) {
            if (table[at] != 0 && now - secondAt(table, at) < seconds) {
                number++;
            }
        }
        return number;
    }

    private int places() {
        return table.length / WORDS;
    }

    /** The peer's words, or the free ones where they would be. */
    private static int find(long[] table, long key) {
        int at = (int) Math.unsignedMultiplyHigh(key, table.length / WORDS) * WORDS;
        while (table[at] != 0 && table[at] != key) {
            at = at + WORDS == table.length ? 0 : at + WORDS;
        }
        return at;
    }

    private static int secondAt(long[] table, int at) {
        return (int) (((table[at + 1] & 0xffff) << 16) | (table[at + 2] & 0xffff));
    }
}
