package io.pbts.engine.torrent;

import io.pbts.engine.Block;
import io.pbts.engine.ServeGate;
import io.pbts.engine.peer.BlockServer;
import io.pbts.engine.peer.PeerConnection;
import io.pbts.engine.storage.PieceStore;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Blocks on their way out: past the gate and the limit, from disk, and counted. */
final class Uploads implements BlockServer {

    private final Shared shared;
    private final PieceStore store;
    private final Counters counters;
    private final SwarmEvents events;
    private final Swarm swarm;

    Uploads(Shared shared, PieceStore store, Counters counters, SwarmEvents events, Swarm swarm) {
        this.shared = shared;
        this.store = store;
        this.counters = counters;
        this.events = events;
        this.swarm = swarm;
    }

    @Override
    public ServeGate.Verdict mayServe(PeerConnection peer, Block block) {
        return shared.gate().mayServe(peer, block.piece());
    }

    @Override
    public void gateClosed(PeerConnection peer, Block block) {
        swarm.gateClosed(peer, block.piece());
    }

    @Override
    public long delay(int bytes) {
        return shared.upload().tryTake(bytes);
    }

    @Override
    public void read(Block block, ByteBuffer target) throws IOException {
        try {
            store.read(block, target);
        } catch (IOException e) {
            events.filesFailed(e);
            throw e;
        }
    }

    @Override
    public void sent(PeerConnection peer, Block block) {
        counters.uploaded.add(block.length());
        peer.sent().add(block.length());
        shared.listener().blockSent(peer, block);
    }
}
