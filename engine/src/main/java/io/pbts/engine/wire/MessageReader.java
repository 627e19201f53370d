package io.pbts.engine.wire;

import io.pbts.engine.Block;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import org.apache.tuweni.bytes.Bytes;

/**
 * Reads messages from a connection. Every length is checked against what its kind of message may have before a byte of it
 * is read, so that what a peer sends decides neither memory nor patience. A block's bytes go straight where they belong.
 */
public final class MessageReader {

    /** The largest extension message: what the bencode reader takes. */
    public static final int MAX_EXTENDED = 64 << 10;

    /** The largest block that is served: some clients ask for more than 16 KiB. */
    public static final int MAX_REQUEST = 128 << 10;

    private static final int MAX_UNKNOWN = 64 << 10;
    private static final int PIECE_HEAD = 13;

    private final ScatteringByteChannel channel;
    private final int pieces;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(8 << 10).flip();
    private int pendingPayload;

    /**
     * Reads from a channel.
     *
     * @param pieces number of pieces of the torrent
     */
    public MessageReader(ScatteringByteChannel channel, int pieces) {
        this.channel = channel;
        this.pieces = pieces;
    }

    /**
     * The next message.
     *
     * @throws ProtocolViolation when it is none
     * @throws EOFException when the peer has closed the connection
     */
    public Message next() throws IOException {
        if (pendingPayload > 0) {
            throw new IllegalStateException("the bytes of the block before have not been read");
        }
        require(4);
        long length = Integer.toUnsignedLong(buffer.getInt());
        if (length == 0) {
            return new Message.KeepAlive();
        }
        require(1);
        int id = Byte.toUnsignedInt(buffer.get());
        return body(id, length - 1);
    }

    private Message body(int id, long length) throws IOException {
        return switch (id) {
            case Message.ID_CHOKE -> empty(length, new Message.Choke());
            case Message.ID_UNCHOKE -> empty(length, new Message.Unchoke());
            case Message.ID_INTERESTED -> empty(length, new Message.Interested());
            case Message.ID_NOT_INTERESTED -> empty(length, new Message.NotInterested());
            case Message.ID_HAVE -> new Message.Have(pieceIndex(length));
            case Message.ID_BITFIELD -> new Message.Bitfield(bitfield(length));
            case Message.ID_REQUEST -> new Message.Request(block(length));
            case Message.ID_PIECE -> pieceHeader(length);
            case Message.ID_CANCEL -> new Message.Cancel(block(length));
            case Message.ID_PORT -> {
                skipBody(id, exactly(2, length));
                yield new Message.Port();
            }
            case Message.ID_SUGGEST -> new Message.Suggest(pieceIndex(length));
            case Message.ID_HAVE_ALL -> empty(length, new Message.HaveAll());
            case Message.ID_HAVE_NONE -> empty(length, new Message.HaveNone());
            case Message.ID_REJECT -> new Message.Reject(block(length));
            case Message.ID_ALLOWED_FAST -> new Message.AllowedFast(pieceIndex(length));
            case Message.ID_EXTENDED -> extended(length);
            default -> {
                skipBody(id, length);
                yield new Message.Unknown(id);
            }
        };
    }

    /** Reads bytes of the block whose header came last into the target, as many as it has room for. */
    public void payload(ByteBuffer target) throws IOException {
        if (target.remaining() > pendingPayload) {
            throw new IllegalStateException("more than the block has");
        }
        pendingPayload -= target.remaining();
        int buffered = Math.min(buffer.remaining(), target.remaining());
        target.put(buffer.slice(buffer.position(), buffered));
        buffer.position(buffer.position() + buffered);
        while (target.hasRemaining()) {
            // The head of the next block comes along; what is behind it goes where that block lies.
            buffer.clear().limit(PIECE_HEAD);
            long read = channel.read(new ByteBuffer[] {target, buffer});
            buffer.flip();
            if (read < 0) {
                throw new EOFException("closed in the middle of a block");
            }
        }
    }

    /** Passes over the bytes of the block whose header came last. */
    public void skipPayload() throws IOException {
        int length = pendingPayload;
        pendingPayload = 0;
        skip(length);
    }

    private static Message empty(long length, Message message) throws ProtocolViolation {
        exactly(0, length);
        return message;
    }

    private static long exactly(long expected, long length) throws ProtocolViolation {
        if (length != expected) {
            throw new ProtocolViolation("a message of " + length + " bytes where " + expected + " are right");
        }
        return length;
    }

    private int pieceIndex(long length) throws IOException {
        exactly(4, length);
        require(4);
        return checkedPiece(buffer.getInt());
    }

    private int checkedPiece(int piece) throws ProtocolViolation {
        if (piece < 0 || piece >= pieces) {
            throw new ProtocolViolation("piece " + Integer.toUnsignedString(piece) + " of " + pieces);
        }
        return piece;
    }

    private Bytes bitfield(long length) throws IOException {
        exactly(Math.ceilDiv(pieces, 8), length);
        return Bytes.wrap(bytes((int) length));
    }

    private Block block(long length) throws IOException {
        exactly(12, length);
        require(12);
        return checkedBlock(buffer.getInt(), buffer.getInt(), buffer.getInt(), MAX_REQUEST);
    }

    private Message pieceHeader(long length) throws IOException {
        if (length < 9 || length > 8 + Block.SIZE) {
            throw new ProtocolViolation("a block of " + (length - 8) + " bytes; none was asked for");
        }
        require(8);
        Block block = checkedBlock(buffer.getInt(), buffer.getInt(), (int) length - 8, Block.SIZE);
        pendingPayload = block.length();
        return new Message.PieceHeader(block);
    }

    private Block checkedBlock(int piece, int begin, int length, int maxLength) throws ProtocolViolation {
        checkedPiece(piece);
        if (begin < 0 || length < 1 || length > maxLength) {
            throw new ProtocolViolation("a block of " + Integer.toUnsignedString(length) + " bytes at "
                    + Integer.toUnsignedString(begin) + " in a piece");
        }
        return new Block(piece, begin, length);
    }

    private Message extended(long length) throws IOException {
        if (length < 1 || length > 1 + MAX_EXTENDED) {
            throw new ProtocolViolation("an extension message of " + length + " bytes");
        }
        require(1);
        int id = Byte.toUnsignedInt(buffer.get());
        return new Message.Extended(id, Bytes.wrap(bytes((int) length - 1)));
    }

    private void skipBody(int id, long length) throws IOException {
        if (length > MAX_UNKNOWN) {
            throw new ProtocolViolation("an unknown message (" + id + ") of " + length + " bytes");
        }
        skip((int) length);
    }

    private void skip(int length) throws IOException {
        int left = length;
        while (left > 0) {
            require(1);
            int here = Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + here);
            left -= here;
        }
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            require(1);
            int here = Math.min(length - at, buffer.remaining());
            buffer.get(bytes, at, here);
            at += here;
        }
        return bytes;
    }

    private void require(int count) throws IOException {
        if (buffer.remaining() >= count) {
            return;
        }
        buffer.compact();
        try {
            while (buffer.position() < count) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException("closed by the peer");
                }
            }
        } finally {
            buffer.flip();
        }
    }
}
