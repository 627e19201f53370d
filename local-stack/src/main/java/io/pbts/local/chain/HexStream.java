package io.pbts.local.chain;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hex digits as a stream: a saved chain is too long to be a string. */
final class HexStream {
    private static final String START = "\"result\":\"0x";
    private static final int LONGEST_HEAD = 256;
    private static final int BUFFER = 32 * 1024;
    private static final HexFormat HEX = HexFormat.of();

    private HexStream() {}

    /** Reads up to the first digit of the answer's hex result; an answer without one is an error message. */
    static void skipToHex(InputStream answer) throws IOException {
        var head = new StringBuilder();
        while (head.length() < LONGEST_HEAD) {
            int next = answer.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
            if (head.toString().endsWith(START)) {
                return;
            }
        }
        throw new IOException("no state in the answer: " + head);
    }

    /** Decodes until the closing quote; a stream that ends earlier is an error, never a shorter file. */
    static void decode(InputStream hex, OutputStream out) throws IOException {
        byte[] pairs = new byte[BUFFER];
        int filled = 0;
        for (int digit = hex.read(); digit != '"'; digit = hex.read()) {
            if (digit < 0) {
                throw new EOFException("the answer ends within the state");
            }
            pairs[filled++] = (byte) digit;
            if (filled == pairs.length) {
                out.write(bytes(pairs, filled));
                filled = 0;
            }
        }
        out.write(bytes(pairs, filled));
    }

    /** The bytes of the source as hex digits. */
    static InputStream encode(InputStream source) {
        return new Encoder(source);
    }

    private static byte[] bytes(byte[] digits, int count) throws IOException {
        try {
            return HEX.parseHex(new String(digits, 0, count, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new IOException("not hex in the state", e);
        }
    }

    private static final class Encoder extends FilterInputStream {
        private byte[] digits = new byte[0];
        private int position;

        private Encoder(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            return fill() ? digits[position++] : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, digits.length - position);
            System.arraycopy(digits, position, target, offset, count);
            position += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (position < digits.length) {
                return true;
            }
            byte[] bytes = in.readNBytes(BUFFER);
            digits = JsonRpc.ascii(HEX.formatHex(bytes));
            position = 0;
            return bytes.length > 0;
        }
    }
}
