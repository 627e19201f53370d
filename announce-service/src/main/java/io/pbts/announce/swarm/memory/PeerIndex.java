package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.Announcement;

/**
 * Where each peer of a large run is: an open-addressed table of positions, keyed by account, address and port under the
 * process's secret, without tombstones. Hashes are not kept: the run can always give them again.
 */
final class PeerIndex {
    private int[] slots;
    private int entries;

    PeerIndex(PeerRun run) {
        slots = new int[tableFor(run.count())];
        for (int position = 0; position < run.count(); position++) {
            insert(run.hashAt(position), position);
        }
        entries = run.count();
    }

    int find(long hash, PeerRun run, Announcement peer) {
        for (int slot = home(hash); slots[slot] != 0; slot = after(slot)) {
            if (run.isPeer(slots[slot] - 1, peer)) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    void put(long hash, int position, PeerRun run) {
        entries++;
        if (entries * 4L > slots.length * 3L) {
            rebuild(run);
        } else {
            insert(hash, position);
        }
    }

    void swap(long leftHash, int left, long rightHash, int right) {
        int leftSlot = slotOf(leftHash, left);
        int rightSlot = slotOf(rightHash, right);
        slots[leftSlot] = right + 1;
        slots[rightSlot] = left + 1;
    }

    void move(long hash, int from, int to) {
        slots[slotOf(hash, from)] = to + 1;
    }

    /** Before the run overwrites the record: closes the gap, so that every probe sequence stays whole. */
    void remove(long hash, int position, PeerRun run) {
        int hole = slotOf(hash, position);
        for (int slot = after(hole); slots[slot] != 0; slot = after(slot)) {
            int wanted = home(run.hashAt(slots[slot] - 1));
            if (distance(wanted, slot) >= distance(hole, slot)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = 0;
        entries--;
        if (slots.length > 64 && entries * 8L < slots.length) {
            shrink(run, position);
        }
    }

    private void rebuild(PeerRun run) {
        slots = new int[tableFor(run.count())];
        for (int position = 0; position < run.count(); position++) {
            insert(run.hashAt(position), position);
        }
    }

    private void shrink(PeerRun run, int gone) {
        slots = new int[tableFor(entries)];
        for (int position = 0; position < run.count(); position++) {
            if (position != gone) {
                insert(run.hashAt(position), position);
            }
        }
    }

    private void insert(long hash, int position) {
        int slot = home(hash);
        while (slots[slot] != 0) {
            slot = after(slot);
        }
        slots[slot] = position + 1;
    }

    private int slotOf(long hash, int position) {
        int slot = home(hash);
        while (slots[slot] != position + 1) {
            slot = after(slot);
        }
        return slot;
    }

    private int home(long hash) {
        return (int) hash & (slots.length - 1);
    }

    private int after(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (slots.length - 1);
    }

    /** A power of two that stays at most three quarters full. */
    private static int tableFor(int peers) {
        return Integer.highestOneBit(Math.max(8, peers + peers / 3)) * 2;
    }
}
