package io.pbts.announce.accounting;

/**
 * What one announce adds to what its peer said before. Filled anew for every announce of an event loop.
 *
 * <p>A peer's first announce adds nothing, nor does one whose counters went backwards: the client began anew. What no line
 * carries, 10 Gbit/s, is taken against whoever claims it: as upload it is nothing, as download it is what the line carries.
 */
public final class Claim {
    /** 10 Gbit/s, in bytes. */
    static final long FASTEST_PER_SECOND = 10_000_000_000L / 8;

    private boolean known;
    private boolean impossible;
    private long up;
    private long down;
    private int seconds;

    void nothing() {
        known = false;
        impossible = false;
        up = 0;
        down = 0;
        seconds = 0;
    }

    /** Takes the counters' differences and the time between the two announces. */
    void delta(long moreUp, long moreDown, int passed) {
        nothing();
        known = true;
        seconds = passed;
        if (moreUp < 0 || moreDown < 0) {
            return;
        }
        long most = FASTEST_PER_SECOND * (passed + 1L);
        impossible = moreUp > most || moreDown > most;
        up = moreUp > most ? 0 : moreUp;
        down = Math.min(moreDown, most);
    }

    /** Bytes more uploaded. */
    public long up() {
        return up;
    }

    /** Bytes more downloaded. */
    public long down() {
        return down;
    }

    /** Whether the peer had announced before. */
    public boolean isKnown() {
        return known;
    }

    /** Whether more was claimed than any line carries. */
    public boolean isImpossible() {
        return impossible;
    }

    /** Since the announce before. */
    public int seconds() {
        return seconds;
    }
}
