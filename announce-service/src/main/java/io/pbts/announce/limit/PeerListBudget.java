package io.pbts.announce.limit;

import java.time.Clock;
import java.util.List;

/**
 * What is left to each account of the lists of peers that it may have. Use is forgotten exponentially: after the time of an
 * allowance 1/e of it still counts, so that nothing is gained by waiting for an edge. In arrays of a fixed size: an account has
 * eight slots to be in, and when all are in use the one that was idle for longest is forgotten.
 */
public final class PeerListBudget {
    private static final int WAYS = 8;
    private static final int LOCKS = 64;
    private static final int RESERVE = 2;

    private final Clock clock;
    private final double[] most;
    private final double[] seconds;
    private final long[] accounts;
    private final int[] usedAt;
    private final float[] used;
    private final Object[] locks = new Object[LOCKS];
    private final long epoch;

    PeerListBudget(PeerListProperties properties, Clock clock) {
        this.clock = clock;
        List<Allowance> allowances = properties.allowances();
        most = allowances.stream().mapToDouble(Allowance::lists).toArray();
        seconds = allowances.stream()
                .mapToDouble(allowance -> allowance.within().toSeconds())
                .toArray();
        int entries = most.length == 0 ? WAYS : properties.entries();
        accounts = new long[entries];
        usedAt = new int[entries];
        used = new float[entries * most.length];
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
        epoch = clock.millis() / 1000;
    }

    /** Whether the account may have one more list now; {@code first} when it is the first of a download. */
    public boolean allows(long account, boolean first) {
        if (most.length == 0) {
            return true;
        }
        int set = setOf(account);
        synchronized (lockOf(set)) {
            int slot = find(account, set);
            return slot < 0 || hasLeft(slot, first ? RESERVE : 1);
        }
    }

    /** Counts a list that had peers in it. */
    public void spend(long account, boolean toSeeder) {
        if (most.length == 0) {
            return;
        }
        int set = setOf(account);
        synchronized (lockOf(set)) {
            int slot = find(account, set);
            if (slot < 0) {
                slot = begin(account, set);
            }
            int now = now();
            for (int i = 0; i < most.length; i++) {
                used[slot * most.length + i] = (float) (left(slot, i, now) + (toSeeder ? 0.5 : 1));
            }
            usedAt[slot] = now;
        }
    }

    private boolean hasLeft(int slot, int share) {
        int now = now();
        for (int i = 0; i < most.length; i++) {
            double limit = most[i] * share;
            if (used[slot * most.length + i] + 1 > limit && left(slot, i, now) + 1 > limit) {
                return false;
            }
        }
        return true;
    }

    /** What of the use still counts. */
    private double left(int slot, int allowance, int now) {
        float then = used[slot * most.length + allowance];
        int idle = now - usedAt[slot];
        return idle == 0 ? then : then * Math.exp(-idle / seconds[allowance]);
    }

    private int find(long account, int set) {
        for (int slot = set * WAYS; slot < (set + 1) * WAYS; slot++) {
            if (accounts[slot] == account) {
                return slot;
            }
        }
        return -1;
    }

    private int begin(long account, int set) {
        int idle = set * WAYS;
        for (int slot = idle; slot < (set + 1) * WAYS && accounts[idle] != 0; slot++) {
            idle = accounts[slot] == 0 || usedAt[slot] < usedAt[idle] ? slot : idle;
        }
        accounts[idle] = account;
        for (int i = 0; i < most.length; i++) {
            used[idle * most.length + i] = 0;
        }
        return idle;
    }

    /** Account ids are counted up by the ledger, so neighbours in number are spread and nobody can choose his own. */
    private int setOf(long account) {
        return (int) ((account * 0x9E3779B97F4A7C15L) >>> 33) & (accounts.length / WAYS - 1);
    }

    private Object lockOf(int set) {
        return locks[set & (LOCKS - 1)];
    }

    private int now() {
        return (int) (clock.millis() / 1000 - epoch);
    }
}
