package io.pbts.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Chunks of a RIFF file: four letters, a little-endian length, the contents. */
final class Riff {
    /** What a chunk needs beside its contents. */
    static final int HEAD = 8;

    private Riff() {}

    static byte[] head(String name, int length) {
        return ByteBuffer.allocate(HEAD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(US_ASCII))
                .putInt(length)
                .array();
    }

    static byte[] chunk(String name, byte[] contents) {
        return join(head(name, contents.length), contents);
    }

    /** Chunks in a chunk, which has four letters more that say what kind of list it is. */
    static byte[] list(String kind, byte[]... chunks) {
        return chunk("LIST", join(kind.getBytes(US_ASCII), join(chunks)));
    }

    /** Little-endian words of 32 bits. */
    static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
