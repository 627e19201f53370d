package io.pbts.announce.accounting;

import java.util.ArrayList;
import java.util.List;

/**
 * What the peers of each account added since somebody last looked, merged per account in primitive arrays: an announce that adds
 * to an account that is here allocates nothing.
 */
final class AccountDeltas {
    private static final int SMALLEST = 64;
    private static final int WORDS = 3;

    private long[] table = new long[SMALLEST * WORDS];
    private int entries;

    /** What one account's clients added, in bytes. */
    record Delta(long accountId, long uploaded, long downloaded) {}

    /** Takes bytes from 0 on; a claim is bounded by the line, so that a sum overflows in no lifetime. */
    synchronized void add(long account, long up, long down) {
        int at = find(table, account);
        if (table[at] == 0) {
            if (++entries * 2 > table.length / WORDS) {
                grow();
                at = find(table, account);
            }
            table[at] = account;
        }
        table[at + 1] = Math.addExact(table[at + 1], up);
        table[at + 2] = Math.addExact(table[at + 2], down);
    }

    /** Takes out all of it. */
    synchronized List<Delta> drain() {
        List<Delta> deltas = new ArrayList<>(entries);
        for (int at = 0; at < table.length; at += WORDS) {
            if (table[at] != 0) {
                deltas.add(new Delta(table[at], table[at + 1], table[at + 2]));
            }
            table[at] = 0;
            table[at + 1] = 0;
            table[at + 2] = 0;
        }
        entries = 0;
        return deltas;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (int at = 0; at < old.length; at += WORDS) {
            if (old[at] != 0) {
                System.arraycopy(old, at, table, find(table, old[at]), WORDS);
            }
        }
    }

    private static int find(long[] table, long account) {
        int places = table.length / WORDS;
        int at = (int) ((account * 0x9E3779B97F4A7C15L) >>> 33) % places * WORDS;
        while (table[at] != 0 && table[at] != account) {
            at = at + WORDS == table.length ? 0 : at + WORDS;
        }
        return at;
    }
}
