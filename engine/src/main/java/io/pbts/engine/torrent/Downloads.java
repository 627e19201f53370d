package io.pbts.engine.torrent;

import io.pbts.engine.Block;
import io.pbts.engine.Peer;
import io.pbts.engine.picker.Attempt;
import io.pbts.engine.picker.Landing;
import io.pbts.engine.picker.PiecePicker;
import io.pbts.engine.picker.Withdrawal;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.ProtocolViolation;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What we want and from whom it comes. Guarded by its swarm. */
final class Downloads {

    private static final long SNUB_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MAX_STRIKES = 3;

    private final int pieces;
    private final BitSet have;
    private final PiecePicker picker;
    private final Counters counters;

    Downloads(int pieces, BitSet have, PiecePicker picker, Counters counters) {
        this.pieces = pieces;
        this.have = have;
        this.picker = picker;
        this.counters = counters;
    }

    boolean isComplete() {
        return have.cardinality() == pieces;
    }

    BitSet have() {
        return (BitSet) have.clone();
    }

    boolean has(int piece) {
        return have.get(piece);
    }

    /** The peer has everything. */
    void gained(PeerState peer) {
        picker.unavailable(peer.has);
        peer.has.clear();
        peer.hasAll = true;
        peer.interesting = pieces - have.cardinality();
        peer.hungry = false;
        declare(peer);
    }

    /** The peer has these pieces, and those that it said before. */
    void gained(PeerState peer, BitSet some) {
        if (some.cardinality() == pieces) {
            gained(peer);
            return;
        }
        some.stream().filter(piece -> !peer.has(piece)).forEach(piece -> gain(peer, piece));
        completed(peer);
        declare(peer);
    }

    void gained(PeerState peer, int piece) {
        if (!peer.has(piece)) {
            gain(peer, piece);
            completed(peer);
            declare(peer);
        }
    }

    /** Of a peer that has got the last piece nothing is counted any more. */
    private void completed(PeerState peer) {
        if (peer.has.cardinality() == pieces) {
            picker.unavailable(peer.has);
            peer.has.clear();
            peer.hasAll = true;
        }
    }

    private void gain(PeerState peer, int piece) {
        peer.has.set(piece);
        picker.available(piece);
        if (!have.get(piece)) {
            peer.hungry = false;
            peer.interesting++;
        }
    }

    /** Tells the peer whether we want something of it, when that has changed. */
    private static void declare(PeerState peer) {
        boolean want = peer.interesting > 0;
        if (want != peer.weWant) {
            peer.weWant = want;
            peer.connection.say(want ? new Message.Interested() : new Message.NotInterested());
        }
    }

    /** Asks the peer for more, when there is room for a batch. */
    void ask(PeerState peer) {
        if (peer.chokesUs || peer.resting || peer.interesting == 0) {
            return;
        }
        int outstanding = picker.outstanding(peer);
        int room = peer.window.size() - outstanding;
        if (peer.hungry && outstanding > 0) {
            return;
        }
        if (room <= 0 || (outstanding > 0 && room * 4 < peer.window.size())) {
            return;
        }
        List<Block> blocks = picker.pick(peer, room);
        peer.hungry = blocks.size() < room;
        if (!blocks.isEmpty()) {
            if (outstanding == 0) {
                peer.blockAt = System.nanoTime();
            }
            peer.connection.say(blocks.stream().map(Message.Request::new).toList());
        }
    }

    /** Memory or pieces have become free. */
    void askHungry(Collection<PeerState> peers) {
        for (PeerState peer : peers) {
            if (peer.hungry) {
                peer.hungry = false;
                ask(peer);
            }
        }
    }

    /** A block begins to come. Empty when it is of no use; who sends many such breaks the protocol. */
    Optional<Landing> begin(PeerState peer, Block block) throws ProtocolViolation {
        peer.blockAt = System.nanoTime();
        peer.snubbed = false;
        Optional<Landing> landing = picker.begin(peer, block);
        if (landing.isEmpty()) {
            counters.wasted.add(block.length());
            if (--peer.excused < 0) {
                throw new ProtocolViolation("a block that nobody asked for");
            }
        }
        return landing;
    }

    /** A block is there. Answers the piece when it was its last one. */
    Optional<Attempt> finish(PeerState peer, Landing landing) {
        int length = landing.block().length();
        peer.received.add(length);
        peer.window.received();
        counters.downloaded.add(length);
        withdraw(picker.finish(peer, landing));
        Optional<Attempt> complete = picker.isComplete(landing) ? Optional.of(landing.attempt()) : Optional.empty();
        ask(peer);
        return complete;
    }

    void abort(Landing landing) {
        picker.abort(landing);
    }

    private static void withdraw(List<Withdrawal> withdrawals) {
        for (Withdrawal withdrawal : withdrawals) {
            if (withdrawal.source() instanceof PeerState peer) {
                peer.excused++;
                peer.connection.say(new Message.Cancel(withdrawal.block()));
            }
        }
    }

    void refused(PeerState peer, Block block) {
        if (picker.refused(peer, block)) {
            peer.resting = true;
        } else {
            peer.excused = Math.max(0, peer.excused - 1);
        }
    }

    /** The peer chokes us; one that knows BEP 6 refuses each request by itself. */
    void choked(PeerState peer) {
        peer.chokesUs = true;
        if (!peer.connection.isFast()) {
            peer.excused += picker.release(peer).size();
        }
    }

    void gone(PeerState peer) {
        picker.release(peer);
        picker.unavailable(peer.has);
    }

    /** Takes from a peer that has been silent for long what it was asked for. */
    void tick(PeerState peer, long now) {
        peer.received.tick();
        peer.window.tick(peer.received.rate());
        boolean silent = now - peer.blockAt > SNUB_NANOS;
        if (silent && picker.outstanding(peer) > 0) {
            peer.snubbed = true;
            peer.blockAt = now;
            peer.window.snubbed();
            List<Block> released = picker.release(peer);
            peer.excused += released.size();
            peer.connection.say(released.stream().map(Message.Cancel::new).toList());
        }
        peer.resting = false;
        peer.hungry = false;
        ask(peer);
    }

    /** Whether the piece is new to us. */
    boolean verified(Attempt attempt, Collection<PeerState> peers) {
        int piece = attempt.piece();
        boolean isNew = !have.get(piece);
        have.set(piece);
        withdraw(picker.verified(attempt));
        if (isNew) {
            counters.verified.add(attempt.length());
            for (PeerState peer : peers) {
                if (peer.has(piece)) {
                    peer.interesting--;
                    declare(peer);
                } else {
                    peer.connection.say(new Message.Have(piece));
                }
            }
        }
        return isNew;
    }

    /** Its hash was wrong. Answers whom we have seen enough of: a lone sender at once, others after some such pieces. */
    List<PeerState> corrupt(Attempt attempt, Collection<PeerState> peers) {
        picker.corrupt(attempt);
        counters.wasted.add(attempt.length());
        Set<Peer> sources = attempt.sources();
        List<PeerState> guilty =
                peers.stream().filter(peer -> sources.contains(peer.connection)).toList();
        guilty.forEach(peer -> peer.strikes += sources.size() == 1 ? MAX_STRIKES : 1);
        return guilty.stream().filter(peer -> peer.strikes >= MAX_STRIKES).toList();
    }

    void lost(Attempt attempt) {
        picker.lost(attempt);
    }

    void clear() {
        picker.clear();
    }
}
