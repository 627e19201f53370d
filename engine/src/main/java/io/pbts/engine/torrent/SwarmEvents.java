package io.pbts.engine.torrent;

import io.pbts.engine.peer.PeerConnection;
import java.io.IOException;

/** What a swarm tells its torrent. Called inside the swarm's monitor or not: must not wait. */
interface SwarmEvents {

    /** A file cannot be read or written. */
    void filesFailed(IOException failure);

    /** The last piece is there. */
    void completed();

    /** The peer has sent what it must not and is not to be called again. */
    void banned(PeerConnection peer);
}
