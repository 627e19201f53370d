package io.pbts.engine;

import io.pbts.engine.wire.Handshake;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageReader;
import io.pbts.engine.wire.MessageWriter;
import io.pbts.protocol.torrent.PeerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;
import org.apache.tuweni.bytes.Bytes;

/** A peer that does exactly what the test tells it, in the test's thread. */
final class RawPeer implements AutoCloseable {
    private final SocketChannel channel;
    private final MessageReader reader;
    private final Payload payload;

    private RawPeer(SocketChannel channel, Payload payload, boolean fast, boolean extended) throws IOException {
        this.channel = channel;
        this.payload = payload;
        var v1 = payload.metainfo().v1().orElseThrow();
        this.reader = new MessageReader(channel, v1.pieces().count());
        PeerId id = PeerId.ofBytes(Payload.random("peer" + System.identityHashCode(this), PeerId.SIZE));
        new Handshake(v1.infoHash().bytes(), id, fast, extended).write(channel);
        Handshake.read(channel);
    }

    /** Calls a client; knows neither BEP 6 nor BEP 10. */
    static RawPeer plain(Client client, Payload payload) throws IOException {
        return call(client, payload, false, false);
    }

    static RawPeer call(Client client, Payload payload, boolean fast, boolean extended) throws IOException {
        return callAt(client.engine.address(), payload, fast, extended);
    }

    static RawPeer callAt(InetSocketAddress address, Payload payload, boolean fast, boolean extended)
            throws IOException {
        return new RawPeer(SocketChannel.open(address), payload, fast, extended);
    }

    /** Waits until the client calls. */
    static RawPeer answer(ServerSocketChannel server, Payload payload) throws IOException {
        return new RawPeer(server.accept(), payload, false, false);
    }

    /** Waits until the client calls, has the pieces of these bits, and lets it ask for them. */
    static RawPeer offer(ServerSocketChannel server, Payload payload, int bits) throws IOException {
        RawPeer peer = answer(server, payload);
        peer.say(new Message.Bitfield(Bytes.of(bits))).await(Message.Interested.class);
        return peer.say(new Message.Unchoke());
    }

    static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    RawPeer say(Message message) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
        MessageWriter.put(out, message);
        return raw(out.array());
    }

    RawPeer raw(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        return this;
    }

    /** The bytes of a block as the payload has them, changed when wanted. */
    RawPeer sendBlock(Block block, int change) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(MessageWriter.PIECE_OVERHEAD + block.length());
        MessageWriter.put(out, new Message.PieceHeader(block));
        long pieceLength = payload.metainfo().pieceLength();
        int at = (int) (block.piece() * pieceLength) + block.begin();
        out.put(payload.content(), at, block.length());
        out.put(MessageWriter.PIECE_OVERHEAD, (byte) (out.get(MessageWriter.PIECE_OVERHEAD) + change));
        return raw(out.array());
    }

    /** The next message that passes; others are read and forgotten. */
    Message await(Predicate<Message> passes) throws IOException {
        while (true) {
            Message message = reader.next();
            if (message instanceof Message.PieceHeader) {
                reader.skipPayload();
            }
            if (passes.test(message)) {
                return message;
            }
        }
    }

    <T extends Message> T await(Class<T> kind) throws IOException {
        return kind.cast(await(kind::isInstance));
    }

    /** Reads until the client hangs up. */
    void awaitHangUp() {
        try {
            await(_ -> false);
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
