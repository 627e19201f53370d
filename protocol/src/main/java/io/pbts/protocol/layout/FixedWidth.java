package io.pbts.protocol.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.apache.tuweni.bytes.Bytes;

/** Writes big-endian fields of fixed width and refuses to end early or late. */
public final class FixedWidth {

    private final ByteBuffer buffer;

    public FixedWidth(int size) {
        buffer = ByteBuffer.allocate(size);
    }

    public FixedWidth ascii(String text) {
        buffer.put(text.getBytes(US_ASCII));
        return this;
    }

    public FixedWidth u8(int value) {
        buffer.put((byte) value);
        return this;
    }

    public FixedWidth u32(long value) {
        buffer.putInt((int) value);
        return this;
    }

    public FixedWidth u64(long value) {
        buffer.putLong(value);
        return this;
    }

    public FixedWidth bytes(Bytes value) {
        buffer.put(value.toArrayUnsafe());
        return this;
    }

    public FixedWidth leftPadded(Bytes value, int width) {
        buffer.position(buffer.position() + width - value.size());
        return bytes(value);
    }

    public Bytes complete() {
        if (buffer.hasRemaining()) {
            throw new IllegalStateException(buffer.remaining() + " bytes are missing");
        }
        return Bytes.wrap(buffer.array());
    }
}
