package io.pbts.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.Block;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.tuweni.bytes.Bytes;

class MessageProperties {
    private static final int PIECES = 77;

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<Integer> piece = Arbitraries.integers().between(0, PIECES - 1);
        Arbitrary<Block> block = Combinators.combine(
                        piece,
                        Arbitraries.integers().between(0, 1 << 26),
                        Arbitraries.integers().between(1, MessageReader.MAX_REQUEST))
                .as(Block::new);
        Arbitrary<Message> extended = Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Bytes::wrap))
                .as(Message.Extended::new);
        return Arbitraries.oneOf(
                Arbitraries.of(
                        new Message.KeepAlive(),
                        new Message.Choke(),
                        new Message.Unchoke(),
                        new Message.Interested(),
                        new Message.NotInterested(),
                        new Message.HaveAll(),
                        new Message.HaveNone()),
                piece.map(Message.Have::new),
                piece.map(Message.Suggest::new),
                piece.map(Message.AllowedFast::new),
                block.map(Message.Request::new),
                block.map(Message.Cancel::new),
                block.map(Message.Reject::new),
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofSize(10)
                        .map(Bytes::wrap)
                        .map(Message.Bitfield::new),
                extended);
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("messages") Message message, @ForAll("messages") Message next) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MessageWriter.size(message) + MessageWriter.size(next));
        MessageWriter.put(bytes, message);
        MessageWriter.put(bytes, next);
        assertThat(bytes.hasRemaining()).isFalse();
        MessageReader reader = new MessageReader(new Trickle(bytes.array(), 7), PIECES);
        assertThat(reader.next()).isEqualTo(message);
        assertThat(reader.next()).isEqualTo(next);
    }

    @Property
    void blocksComeThroughWhateverTheSizesOfReads(
            @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = Block.SIZE) int length,
            @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = 40_000) int step)
            throws IOException {
        Block block = new Block(3, 16, length);
        ByteBuffer bytes = ByteBuffer.allocate(2 * (MessageWriter.PIECE_OVERHEAD + length) + 5);
        byte[] content = new byte[length];
        new java.util.Random(length).nextBytes(content);
        for (int i = 0; i < 2; i++) {
            MessageWriter.put(bytes, new Message.PieceHeader(block));
            bytes.put(content);
        }
        MessageWriter.put(bytes, new Message.Choke());
        MessageReader reader = new MessageReader(new Trickle(bytes.array(), step), PIECES);
        assertThat(reader.next()).isEqualTo(new Message.PieceHeader(block));
        ByteBuffer target = ByteBuffer.allocate(length);
        reader.payload(target);
        assertThat(target.array()).isEqualTo(content);
        assertThat(reader.next()).isEqualTo(new Message.PieceHeader(block));
        reader.skipPayload();
        assertThat(reader.next()).isEqualTo(new Message.Choke());
    }

    /** Nothing but an end or a violation comes of noise, and no more than the bytes there are is remembered. */
    @Property
    void noiseEndsTheConnectionAndNothingElse(@ForAll("noise") byte[] noise) {
        MessageReader reader = new MessageReader(new Trickle(noise, 1000), PIECES);
        List<Message> read = new ArrayList<>();
        try {
            while (read.size() <= noise.length) {
                Message message = reader.next();
                if (message instanceof Message.PieceHeader) {
                    reader.skipPayload();
                }
                read.add(message);
            }
        } catch (IOException ended) {
            assertThat(read).hasSizeLessThanOrEqualTo(noise.length);
            return;
        }
        throw new AssertionError("more messages than bytes");
    }

    /** Mostly well-formed lengths and ids, so that noise gets past the first byte. */
    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<byte[]> framed = Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(0, 22),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(40))
                .as((length, id, body) -> ByteBuffer.allocate(5 + body.length)
                        .putInt(length)
                        .put((byte) (int) id)
                        .put(body)
                        .array());
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
                framed.list().ofMaxSize(5).map(MessageProperties::joined));
    }

    private static byte[] joined(List<byte[]> parts) {
        return Bytes.concatenate(parts.stream().map(Bytes::wrap).toList()).toArray();
    }

    @Property
    void anExtensionHandshakeIsReadOrIgnored(@ForAll byte[] noise) {
        assertThat(ExtensionHandshake.decode(Bytes.wrap(noise))).isNotNull();
    }

    /** Gives at most so many bytes at a read, over all buffers. */
    private static final class Trickle implements ScatteringByteChannel {
        private final ByteArrayInputStream bytes;
        private final int step;

        private Trickle(byte[] bytes, int step) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.step = step;
        }

        @Override
        public int read(ByteBuffer target) {
            return (int) read(new ByteBuffer[] {target}, 0, 1);
        }

        @Override
        public long read(ByteBuffer[] targets) {
            return read(targets, 0, targets.length);
        }

        @Override
        public long read(ByteBuffer[] targets, int from, int count) {
            if (bytes.available() == 0) {
                return -1;
            }
            int given = 0;
            for (int i = from; i < from + count; i++) {
                while (targets[i].hasRemaining() && given < step && bytes.available() > 0) {
                    targets[i].put((byte) bytes.read());
                    given++;
                }
            }
            return given;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
