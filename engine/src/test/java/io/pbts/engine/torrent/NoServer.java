package io.pbts.engine.torrent;

import io.pbts.engine.Block;
import io.pbts.engine.ServeGate;
import io.pbts.engine.peer.BlockServer;
import io.pbts.engine.peer.PeerConnection;
import java.nio.ByteBuffer;

/** For connections that are not written to. */
final class NoServer implements BlockServer {
    @Override
    public ServeGate.Verdict mayServe(PeerConnection peer, Block block) {
        return ServeGate.Verdict.WAIT;
    }

    @Override
    public void gateClosed(PeerConnection peer, Block block) {}

    @Override
    public long delay(int bytes) {
        return 0;
    }

    @Override
    public void read(Block block, ByteBuffer target) {}

    @Override
    public void sent(PeerConnection peer, Block block) {}
}
