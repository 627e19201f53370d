package io.pbts.engine.picker;

import io.pbts.engine.Peer;

/** A peer as the picker sees it. */
public interface Source {

    boolean has(int piece);

    /** Whether pieces from this peer must not be mixed with what others send. */
    boolean wholePieces();

    /** Bytes a second that lately came from it. */
    double rate();

    Peer peer();
}
