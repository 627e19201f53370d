package io.pbts.engine.peer;

import io.pbts.engine.Block;
import io.pbts.engine.ServeGate;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a connection's writing thread calls to serve blocks. An exception ends the connection. */
public interface BlockServer {

    ServeGate.Verdict mayServe(PeerConnection peer, Block block);

    /** The gate wants the peer choked, because of this block. */
    void gateClosed(PeerConnection peer, Block block);

    /** 0 when the bytes may be sent now, or the nanoseconds until the next attempt. */
    long delay(int bytes);

    /** Appends the block's bytes to the target. */
    void read(Block block, ByteBuffer target) throws IOException;

    void sent(PeerConnection peer, Block block);
}
