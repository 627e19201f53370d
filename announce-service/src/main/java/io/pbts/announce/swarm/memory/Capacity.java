package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.SwarmTotals;
import java.util.concurrent.atomic.AtomicInteger;

/** Room for swarms and peers by configuration, whoever calls. */
final class Capacity {
    private final int maxSwarms;
    private final int maxPeers;
    private final AtomicInteger swarms = new AtomicInteger();
    private final AtomicInteger occupied = new AtomicInteger();
    private final AtomicInteger peers = new AtomicInteger();

    Capacity(int maxSwarms, int maxPeers) {
        this.maxSwarms = maxSwarms;
        this.maxPeers = maxPeers;
    }

    boolean admitsSwarm() {
        return take(swarms, maxSwarms);
    }

    boolean admitsPeer() {
        return take(peers, maxPeers);
    }

    void swarmForgotten() {
        swarms.decrementAndGet();
    }

    void peersLeft(int number) {
        if (number != 0) {
            peers.addAndGet(-number);
        }
    }

    /** Keeps count of the swarms that have peers. */
    void changed(int peersBefore, int peersNow) {
        if (peersBefore == 0 && peersNow > 0) {
            occupied.incrementAndGet();
        } else if (peersBefore > 0 && peersNow == 0) {
            occupied.decrementAndGet();
        }
    }

    SwarmTotals totals() {
        return new SwarmTotals(occupied.get(), peers.get());
    }

    private static boolean take(AtomicInteger used, int most) {
        if (used.incrementAndGet() > most) {
            used.decrementAndGet();
            return false;
        }
        return true;
    }
}
