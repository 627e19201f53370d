package io.pbts.announce.tracker.text;

import java.util.Arrays;

/** Bencode written by hand into one growing array that is used again and again. Keys come ready-made, in order. */
public final class BencodeOutput {
    private byte[] bytes = new byte[2048];
    private int length;

    /** The answer; only the first {@link #length()} bytes count. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    public void raw(byte[] constant) {
        raw(constant, 0, constant.length);
    }

    public void raw(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** One byte, given as the character that Latin-1 has for it. */
    public void symbol(char latin1) {
        reserve(1);
        bytes[length++] = (byte) latin1;
    }

    /** What comes before a string of that many bytes. */
    public void stringHead(int count) {
        digits(count);
        symbol(':');
    }

    public void string(byte[] source, int offset, int count) {
        stringHead(count);
        raw(source, offset, count);
    }

    /** Printable ASCII. */
    public void string(String ascii) {
        stringHead(ascii.length());
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    /** A number that follows a key ending in {@code i}, and its end mark. */
    public void integer(int value) {
        digits(value);
        symbol('e');
    }

    private void digits(int value) {
        reserve(10);
        int places = 1;
        for (int rest = value / 10; rest > 0; rest /= 10) {
            places++;
        }
        int rest = value;
        for (int at = length + places - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += places;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
