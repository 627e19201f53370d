package io.pbts.announce.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Endless variations of good examples, the same for the same seed. */
public final class Mutations {
    private static final List<String> TOKENS = List.of(
            "&",
            "=",
            "?",
            "/",
            "%",
            "%00",
            "%zz",
            "+",
            "\r\n",
            " ",
            "info_hash",
            "&info_hash=",
            "port=-1",
            "numwant=-1",
            "99999999999999999999",
            "-9223372036854775808",
            "event=stopped",
            "compact=0",
            "left=",
            "\u00ff\u00fe",
            "\0");

    private final List<byte[]> corpus;
    private final SplittableRandom random;

    public Mutations(List<byte[]> corpus, SplittableRandom random) {
        this.corpus = corpus;
        this.random = random;
    }

    public byte[] next() {
        byte[] example = corpus.get(random.nextInt(corpus.size())).clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            example = mutated(example);
        }
        return example;
    }

    private byte[] mutated(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(40, bytes.length - at) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> with(bytes, at, (byte) random.nextInt(256));
            case 1 -> spliced(bytes, at, at + length, new byte[0]);
            case 2 ->
                spliced(bytes, at, at, TOKENS.get(random.nextInt(TOKENS.size())).getBytes(ISO_8859_1));
            case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 4 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
            default -> spliced(bytes, at, at + length, other(length));
        };
    }

    private byte[] other(int length) {
        byte[] example = corpus.get(random.nextInt(corpus.size()));
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
