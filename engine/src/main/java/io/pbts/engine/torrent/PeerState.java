package io.pbts.engine.torrent;

import io.pbts.engine.Peer;
import io.pbts.engine.ServeGate;
import io.pbts.engine.limit.RateMeter;
import io.pbts.engine.peer.PeerConnection;
import io.pbts.engine.peer.RequestWindow;
import io.pbts.engine.picker.Source;
import java.util.BitSet;

/** What is known of a connected peer. Guarded by its swarm. */
final class PeerState implements Source {

    final PeerConnection connection;
    final BitSet has = new BitSet();
    final RateMeter received = new RateMeter();
    final RequestWindow window = new RequestWindow();
    final long connectedAt = System.nanoTime();

    /** Whether it has everything; then {@link #has} is not kept. */
    boolean hasAll;

    boolean chokesUs = true;
    boolean wantsUs;
    boolean weWant;

    /** Pieces it has and we do not. */
    int interesting;

    /** It was asked for less than it could have been: not asked again before something has changed. */
    boolean hungry;

    /** It refused a request: not asked again before the next second. */
    boolean resting;

    boolean snubbed;
    long blockAt = System.nanoTime();

    /** Blocks that may still come though nobody waits for them. */
    int excused;

    /** Pieces with a wrong hash that it had a part in. */
    int strikes;

    /** The piece that the gate refused last, or -1. */
    int gateClosedFor = -1;

    private final ServeGate gate;

    PeerState(PeerConnection connection, ServeGate gate) {
        this.connection = connection;
        this.gate = gate;
    }

    @Override
    public boolean has(int piece) {
        return hasAll || has.get(piece);
    }

    @Override
    public boolean wholePieces() {
        return gate.takesWholePieces(connection);
    }

    @Override
    public double rate() {
        return received.rate();
    }

    @Override
    public Peer peer() {
        return connection;
    }
}
