package io.pbts.protocol.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.tuweni.bytes.Bytes;

/** Reads big-endian fields of fixed width, one after the other. Every method throws {@link LayoutException} at the end of the bytes. */
public final class FieldReader {
    private final Bytes bytes;
    private int at;

    public FieldReader(Bytes bytes) {
        this.bytes = bytes;
    }

    public int u8() {
        return take(1).get(0) & 0xff;
    }

    public int u16() {
        return take(2).toInt();
    }

    public long u32() {
        return take(4).toLong();
    }

    /** Seconds and the like: the highest bit must be clear. */
    public long u63() {
        long value = take(8).getLong(0);
        if (value < 0) {
            throw new LayoutException("a number of 64 bits at byte " + (at - 8));
        }
        return value;
    }

    public Bytes bytes(int size) {
        return take(size).copy();
    }

    /** Passes over this text, which must stand here. */
    public void ascii(String text) {
        if (!take(text.length()).equals(Bytes.wrap(text.getBytes(US_ASCII)))) {
            throw new LayoutException("does not begin with " + text);
        }
    }

    /** Refuses whatever still follows. */
    public void end() {
        if (at != bytes.size()) {
            throw new LayoutException("%d bytes too many".formatted(bytes.size() - at));
        }
    }

    private Bytes take(int size) {
        if (size > bytes.size() - at) {
            throw new LayoutException("ends at byte %d, in the middle of a field".formatted(bytes.size()));
        }
        at += size;
        return bytes.slice(at - size, size);
    }
}
