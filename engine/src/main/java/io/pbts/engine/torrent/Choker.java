package io.pbts.engine.torrent;

import io.pbts.engine.ServeGate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Whose turn it is to be served. Every ten seconds the slots go to those that want something: first whom the gate prefers,
 * then who sends us most (or, when we have everything, takes most); one slot goes round, so that newcomers get a chance.
 */
final class Choker {

    static final int PERIOD_SECONDS = 10;

    private static final int ROUND_PERIODS = 3;

    private final int slots;
    private final ServeGate gate;
    private final RandomGenerator random;
    private Optional<PeerState> guest = Optional.empty();
    private int periods;

    Choker(int slots, ServeGate gate, RandomGenerator random) {
        this.slots = slots;
        this.gate = gate;
        this.random = random;
    }

    /** Deals out all slots anew. */
    void deal(Collection<PeerState> peers, boolean seeding) {
        List<PeerState> waiting =
                peers.stream().filter(peer -> peer.wantsUs && isAdmitted(peer)).toList();
        Comparator<PeerState> best = Comparator.comparing((PeerState peer) -> !gate.prefers(peer.connection))
                .thenComparing(peer -> -(seeding ? peer.connection.sent().rate() : peer.received.rate()));
        boolean full = waiting.size() > slots;
        Set<PeerState> served = waiting.stream()
                .sorted(best)
                .limit(full ? slots - 1L : slots)
                .collect(Collectors.toCollection(HashSet::new));
        if (full) {
            served.add(guest(waiting, served));
        }
        for (PeerState peer : peers) {
            if (served.contains(peer)) {
                peer.connection.unchoke();
            } else {
                peer.connection.choke();
            }
        }
    }

    private PeerState guest(List<PeerState> waiting, Set<PeerState> served) {
        List<PeerState> others =
                waiting.stream().filter(peer -> !served.contains(peer)).toList();
        boolean stays =
                periods++ % ROUND_PERIODS != 0 && guest.filter(others::contains).isPresent();
        PeerState next = stays ? guest.get() : others.get(random.nextInt(others.size()));
        guest = Optional.of(next);
        return next;
    }

    /** A peer whom the gate closed to stays choked until the gate would serve it the same piece. */
    private boolean isAdmitted(PeerState peer) {
        if (peer.gateClosedFor >= 0 && gate.mayServe(peer.connection, peer.gateClosedFor) != ServeGate.Verdict.CHOKE) {
            peer.gateClosedFor = -1;
        }
        return peer.gateClosedFor < 0;
    }

    /** A peer wants something: served at once when a slot is free. */
    void wants(PeerState peer, Collection<PeerState> peers) {
        long busy = peers.stream()
                .filter(other -> other.wantsUs && !other.connection.isChoking())
                .count();
        if (peer.connection.isChoking() && busy < slots && isAdmitted(peer)) {
            peer.connection.unchoke();
        }
    }
}
