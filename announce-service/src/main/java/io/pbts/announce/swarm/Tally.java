package io.pbts.announce.swarm;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often one swarm was finished and when it last had a seeder: what is known for good, and what this process saw since.
 * Counts are only ever added, so that several processes can each save their own.
 */
public final class Tally {
    private static final int STORED = 32;
    private static final long ONE = 1L << STORED;
    private static final long UNSAVED = ONE - 1;

    /** In one word, so that saving never shows a download twice or not at all: above what is stored, below what is not yet. */
    private final AtomicLong finished = new AtomicLong();

    private volatile long seederSeen;
    private volatile long seederStored;
    private volatile boolean kept;

    /** Stores of peers that have it now. Guarded by {@link Tallies}. */
    private int holders;

    Tally() {}

    /** Somebody finished. */
    public void finish() {
        finished.incrementAndGet();
    }

    /** A seeder announced, at this second since 1970. */
    public void seederAt(long second) {
        if (second > seederSeen) {
            seederSeen = second;
        }
    }

    /** How often it was finished. */
    public int total() {
        long both = finished.get();
        return (int) Math.min((both >>> STORED) + (both & UNSAVED), Integer.MAX_VALUE);
    }

    /** Of those, how many nobody has saved. */
    public int unsaved() {
        return (int) (finished.get() & UNSAVED);
    }

    /** The last second since 1970 at which a seeder announced; 0 when none is known of. */
    public long seederSeen() {
        return seederSeen;
    }

    /** By how many seconds the last seeder is later than what is stored. */
    public long seederUnsaved() {
        return seederSeen - seederStored;
    }

    /** Whether it is stored, so that this process may forget the swarm. */
    public boolean isKept() {
        return kept;
    }

    /** So many were saved, and a seeder of this second; the store has so many in all now. */
    public void saved(int downloads, long second, long total) {
        store(total, second, downloads);
    }

    Tally held() {
        holders++;
        return this;
    }

    /** Answers whether nobody holds it any more. */
    boolean letGo() {
        holders--;
        return holders == 0;
    }

    boolean isHeld() {
        return holders > 0;
    }

    /** What the store has. It never falls, so older news changes nothing. */
    void learn(long total, long second) {
        store(total, second, 0);
    }

    private void store(long total, long second, int downloads) {
        long told = Math.min(total, Integer.MAX_VALUE);
        finished.updateAndGet(both -> Math.max(both >>> STORED, told) << STORED | ((both & UNSAVED) - downloads));
        seederAt(second);
        seederStored = Math.max(seederStored, second);
        kept = true;
    }
}
