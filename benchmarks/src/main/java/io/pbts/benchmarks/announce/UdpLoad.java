package io.pbts.benchmarks.announce;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Announces over UDP (BEP 15, with BEP 41's URL data where there is a passkey), 32 in flight from each of four addresses. */
final class UdpLoad implements Load {
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final Contestant tracker;
    private final Population population;

    UdpLoad(Contestant tracker, Population population) {
        this.tracker = tracker;
        this.population = population;
    }

    @Override
    public Outcome run(Pace pace, int peers) throws IOException {
        List<UdpLane> lanes = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int lane = 0; lane < Population.ADDRESSES; lane++) {
                lanes.add(UdpLane.connect(tracker, population, lane, selector));
            }
            return run(pace, peers, selector, lanes);
        } finally {
            for (UdpLane lane : lanes) {
                lane.close();
            }
        }
    }

    private static Outcome run(Pace pace, int peers, Selector selector, List<UdpLane> lanes) throws IOException {
        var tally = new Tally();
        while (lanes.stream().anyMatch(UdpLane::isWaiting)
                || (!lanes.stream().allMatch(UdpLane::isThrough) && !pace.isOver(System.nanoTime()))) {
            boolean sent = true;
            while (sent) {
                sent = false;
                for (UdpLane lane : lanes) {
                    if (pace.isDue(System.nanoTime()) && lane.hasRoom()) {
                        lane.send(pace);
                        sent = true;
                    }
                }
            }
            selector.select(1);
            for (SelectionKey key : selector.selectedKeys()) {
                ((UdpLane) key.attachment()).receive(peers, tally);
            }
            selector.selectedKeys().clear();
            for (UdpLane lane : lanes) {
                lane.sendAgain(System.nanoTime() - PATIENCE, tally);
            }
        }
        return tally.end();
    }
}
