package io.pbts.protocol.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Endless variations of good examples, the same for the same seed. */
public final class Mutations {
    private static final byte[] EDGES = {0, 1, 2, 0x1b, 0x1c, 0x20, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};
    private static final int MOST_AT_ONCE = 40;

    private final List<byte[]> corpus;
    private final Random random;

    public Mutations(List<byte[]> corpus, long seed) {
        this.corpus = corpus.stream().filter(example -> example.length > 0).toList();
        this.random = new Random(seed);
        if (this.corpus.isEmpty()) {
            throw new IllegalArgumentException("nothing to vary");
        }
    }

    public byte[] next() {
        byte[] example = any().clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && example.length > 0; changes--) {
            example = changed(example);
        }
        return example;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(MOST_AT_ONCE, bytes.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> with(bytes, at, (byte) random.nextInt());
            case 1 -> with(bytes, at, EDGES[random.nextInt(EDGES.length)]);
            case 2 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
            case 3 -> spliced(bytes, at, at + length, new byte[0]);
            case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 5 -> spliced(bytes, at, at + length, partOf(any(), length));
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] partOf(byte[] example, int length) {
        int at = random.nextInt(example.length);
        return Arrays.copyOfRange(example, at, Math.min(example.length, at + length));
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(inserted);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
