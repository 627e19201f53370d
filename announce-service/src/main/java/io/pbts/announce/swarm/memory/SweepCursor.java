package io.pbts.announce.swarm.memory;

import org.jspecify.annotations.Nullable;

/** How far the sweep of a shard has come, so that no step holds the lock for longer than its budget. */
final class SweepCursor {
    private final int budget;
    private int slot;
    private boolean ipv4Done;
    private int end = Integer.MAX_VALUE;
    private int left;

    /** @param budget peers looked at, and swarms passed, per step */
    SweepCursor(int budget) {
        this.budget = budget;
    }

    void beginStep() {
        left = budget;
    }

    /** Whether this step may go on. */
    boolean hasBudget() {
        return left > 0;
    }

    int slot() {
        return slot;
    }

    void nextSlot() {
        slot++;
        left--;
        restartSwarm();
    }

    /** The slot got another swarm: look at it again. */
    void stay() {
        left--;
        restartSwarm();
    }

    void restart() {
        slot = 0;
        restartSwarm();
    }

    /** Sweeps on from where the last step stopped; answers whether both runs are done. */
    boolean sweep(@Nullable PeerRun ipv4, @Nullable PeerRun ipv6, int now) {
        if (!ipv4Done) {
            if (!sweepRun(ipv4, now)) {
                return false;
            }
            ipv4Done = true;
            end = Integer.MAX_VALUE;
        }
        return sweepRun(ipv6, now);
    }

    private boolean sweepRun(@Nullable PeerRun run, int now) {
        if (run == null) {
            return true;
        }
        int before = Math.min(end, run.count());
        end = run.sweep(now, before, left);
        left -= before - end;
        return end == 0;
    }

    private void restartSwarm() {
        ipv4Done = false;
        end = Integer.MAX_VALUE;
    }
}
