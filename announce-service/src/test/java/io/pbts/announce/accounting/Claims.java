package io.pbts.announce.accounting;

/** Claims as a test wants them. */
public final class Claims {
    private Claims() {}

    /** Of a peer that had announced so many seconds before. */
    public static Claim of(long moreUp, long moreDown, int seconds) {
        var claim = new Claim();
        claim.delta(moreUp, moreDown, seconds);
        return claim;
    }
}
