package io.pbts.engine.peer;

import io.pbts.engine.Block;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageReader;
import io.pbts.engine.wire.MessageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends what waits in the outbox, as much at once as fits. When the peer does not read, this thread waits and no other. */
final class PeerWriter {

    private static final int BUFFER = MessageReader.MAX_REQUEST + MessageWriter.PIECE_OVERHEAD + (16 << 10);

    private final PeerConnection peer;
    private final SocketChannel channel;
    private final Outbox outbox;
    private final BlockServer server;
    private final List<Block> batch = new ArrayList<>();
    private volatile long stuckSince;

    PeerWriter(PeerConnection peer, SocketChannel channel, Outbox outbox, BlockServer server) {
        this.peer = peer;
        this.channel = channel;
        this.outbox = outbox;
        this.server = server;
    }

    void run() {
        ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (outbox.takeMessages(out.clear())) {
                batch.clear();
                while (appendBlock(out)) {}
                write(out.flip());
                batch.forEach(block -> server.sent(peer, block));
            }
            if (channel.isOpen()) {
                channel.shutdownOutput();
            }
        } catch (IOException | RuntimeException e) {
            peer.close(PeerConnection.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            peer.close("interrupted");
        }
    }

    /** Appends the next block if there is one, it may be sent now, and it fits. */
    private boolean appendBlock(ByteBuffer out) throws IOException {
        Optional<Block> next = outbox.peekBlock();
        if (next.isEmpty() || next.get().length() + MessageWriter.PIECE_OVERHEAD > out.remaining()) {
            return false;
        }
        Block block = next.get();
        switch (server.mayServe(peer, block)) {
            case WAIT -> {
                outbox.pauseForGate();
                return false;
            }
            case CHOKE -> {
                server.gateClosed(peer, block);
                return false;
            }
            case YES -> {}
        }
        long delay = server.delay(block.length());
        if (delay > 0) {
            outbox.pause(delay);
            return false;
        }
        if (outbox.take(block)) {
            MessageWriter.put(out, new Message.PieceHeader(block));
            server.read(block, out);
            batch.add(block);
        }
        return true;
    }

    private void write(ByteBuffer out) throws IOException {
        stuckSince = System.nanoTime();
        while (out.hasRemaining()) {
            channel.write(out);
            stuckSince = System.nanoTime();
        }
        stuckSince = 0;
    }

    long stuckNanos() {
        long since = stuckSince;
        return since == 0 ? 0 : System.nanoTime() - since;
    }
}
