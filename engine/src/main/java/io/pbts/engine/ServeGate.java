package io.pbts.engine;

/** Decides who is served. Asked before each block is read from disk, on the peer's own thread; must not block. */
public interface ServeGate {

    /** What happens to a request. */
    enum Verdict {
        /** The block is sent. */
        YES,
        /** The request waits, and with it all later ones of this peer, until the gate is asked again. */
        WAIT,
        /** The peer is choked and its requests are dropped, until the gate says otherwise. */
        CHOKE
    }

    Verdict mayServe(Peer peer, int piece);

    /** Whether pieces are taken whole from this peer, because what it sends is signed for. */
    default boolean takesWholePieces(Peer peer) {
        return false;
    }

    /** Whether this peer gets an upload slot before those that are not preferred. */
    default boolean prefers(Peer peer) {
        return false;
    }

    /** Serves everybody. */
    ServeGate OPEN = (_, _) -> Verdict.YES;
}
