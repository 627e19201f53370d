package io.pbts.engine.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.torrent.PeerId;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.apache.tuweni.bytes.Bytes;

/**
 * The first 68 bytes of either side (BEP 3).
 *
 * @param infoHash 20 bytes
 * @param fast whether the peer knows the messages of BEP 6
 * @param extended whether it knows those of BEP 10
 */
public record Handshake(Bytes infoHash, PeerId peerId, boolean fast, boolean extended) {

    public static final int SIZE = 68;

    private static final byte[] NAME = "\u0013BitTorrent protocol".getBytes(US_ASCII);
    private static final int RESERVED_AT = 20;
    private static final int HASH_AT = 28;
    private static final int PEER_ID_AT = 48;
    private static final int EXTENDED_BYTE = 5;
    private static final int EXTENDED_BIT = 0x10;
    private static final int FAST_BYTE = 7;
    private static final int FAST_BIT = 0x04;

    public Handshake {
        if (infoHash.size() != PEER_ID_AT - HASH_AT) {
            throw new IllegalArgumentException("a handshake carries 20 bytes of hash, not " + infoHash.size());
        }
    }

    /** What we say: both extensions are known. */
    public static Handshake ours(Bytes infoHash, PeerId peerId) {
        return new Handshake(infoHash, peerId, true, true);
    }

    /** Reads the peer's half and not a byte more. */
    public static Handshake read(ReadableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("closed before the handshake");
            }
        }
        return decode(bytes.array());
    }

    /** Writes this half. */
    public void write(WritableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(encode());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static Handshake decode(byte[] bytes) throws ProtocolViolation {
        if (bytes.length != SIZE || !Arrays.equals(bytes, 0, NAME.length, NAME, 0, NAME.length)) {
            throw new ProtocolViolation("not a BitTorrent handshake");
        }
        return new Handshake(
                Bytes.wrap(bytes, HASH_AT, PEER_ID_AT - HASH_AT),
                new PeerId(Bytes.wrap(bytes, PEER_ID_AT, PeerId.SIZE)),
                (bytes[RESERVED_AT + FAST_BYTE] & FAST_BIT) != 0,
                (bytes[RESERVED_AT + EXTENDED_BYTE] & EXTENDED_BIT) != 0);
    }

    byte[] encode() {
        byte[] bytes = Arrays.copyOf(NAME, SIZE);
        bytes[RESERVED_AT + EXTENDED_BYTE] = (byte) (extended ? EXTENDED_BIT : 0);
        bytes[RESERVED_AT + FAST_BYTE] = (byte) (fast ? FAST_BIT : 0);
        System.arraycopy(infoHash.toArrayUnsafe(), 0, bytes, HASH_AT, PEER_ID_AT - HASH_AT);
        System.arraycopy(peerId.bytes().toArrayUnsafe(), 0, bytes, PEER_ID_AT, PeerId.SIZE);
        return bytes;
    }
}
