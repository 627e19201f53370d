package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Tallies;
import org.jspecify.annotations.Nullable;

/** Some of the swarms behind one lock, which is held for an edit and a copy and for nothing else. */
final class Shard {
    private static final int SWEEP_BUDGET = 4096;
    private static final int SMALLEST = 8;

    private final KeyedHash function;
    private final Capacity capacity;
    private final int perAccount;
    private final Tallies tallies;
    private final SweepCursor cursor = new SweepCursor(SWEEP_BUDGET);
    private @Nullable Swarm[] table = new @Nullable Swarm[SMALLEST];
    private int entries;

    /** Takes the most places of an account in one swarm. */
    Shard(KeyedHash function, Capacity capacity, int perAccount, Tallies tallies) {
        this.function = function;
        this.capacity = capacity;
        this.perAccount = perAccount;
        this.tallies = tallies;
    }

    synchronized boolean announce(Announcement peer, long hash, long second, int until, Selection into) {
        Swarm swarm = table[slotOf(peer.swarm(), hash)];
        if (swarm == null) {
            boolean creates = peer.change() == Change.PRESENT || peer.change() == Change.COMPLETED;
            if (!creates || !capacity.admitsSwarm()) {
                into.counts(0, 0, tallies.finished(peer.swarm()));
                return true;
            }
            swarm = insert(peer.swarm().copy(), hash);
        }
        int before = swarm.peers();
        if (!swarm.admits(peer, perAccount, capacity)) {
            into.clear();
            return false;
        }
        int position = swarm.apply(peer, second, until, capacity);
        capacity.changed(before, swarm.peers());
        swarm.select(peer, position, into);
        return true;
    }

    synchronized SwarmCounts count(SwarmKey key, long hash) {
        Swarm swarm = table[slotOf(key, hash)];
        return swarm == null ? new SwarmCounts(0, 0, tallies.finished(key)) : swarm.counts();
    }

    /** One bounded step; answers whether the whole shard is done. */
    synchronized boolean sweepStep(int now) {
        cursor.beginStep();
        while (cursor.slot() < table.length) {
            if (!cursor.hasBudget()) {
                return false;
            }
            Swarm swarm = table[cursor.slot()];
            if (swarm == null) {
                cursor.nextSlot();
            } else {
                sweep(swarm, now);
            }
        }
        cursor.restart();
        return true;
    }

    private void sweep(Swarm swarm, int now) {
        int before = swarm.peers();
        boolean done = swarm.sweep(now, cursor, capacity);
        capacity.changed(before, swarm.peers());
        if (!done) {
            return;
        }
        if (swarm.isForgettable()) {
            remove(cursor.slot());
            tallies.release(swarm.key());
            cursor.stay();
        } else {
            cursor.nextSlot();
        }
    }

    /** The key's slot, or the empty slot where it would be. */
    private int slotOf(SwarmKey key, long hash) {
        int slot = home(hash);
        for (Swarm swarm = table[slot]; swarm != null && !swarm.key().equals(key); swarm = table[slot]) {
            slot = after(slot);
        }
        return slot;
    }

    private Swarm insert(SwarmKey key, long hash) {
        if ((entries + 1) * 4L > table.length * 3L) {
            grow();
        }
        var swarm = new Swarm(key, function, tallies.of(key));
        table[slotOf(key, hash)] = swarm;
        entries++;
        return swarm;
    }

    private void grow() {
        @Nullable Swarm[] old = table;
        table = new @Nullable Swarm[old.length * 2];
        for (Swarm swarm : old) {
            if (swarm != null) {
                table[slotOf(swarm.key(), swarm.key().hash(function))] = swarm;
            }
        }
        cursor.restart();
    }

    /** Closes the gap, so that every probe sequence stays whole. */
    private void remove(int gone) {
        int hole = gone;
        int slot = after(hole);
        for (Swarm next = table[slot]; next != null; next = table[slot]) {
            int wanted = home(next.key().hash(function));
            if (distance(wanted, slot) >= distance(hole, slot)) {
                table[hole] = next;
                hole = slot;
            }
            slot = after(slot);
        }
        table[hole] = null;
        entries--;
        capacity.swarmForgotten();
    }

    /** The low bits choose the slot; the shard was chosen by the high ones. */
    private int home(long hash) {
        return (int) hash & (table.length - 1);
    }

    private int after(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (table.length - 1);
    }
}
