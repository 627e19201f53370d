package io.pbts.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a video: uncompressed pictures in an AVI file (RIFF AVI 1.0, {@code BI_RGB}), which players show without a codec. A
 * bright field moves over a slowly turning colour.
 */
final class Video {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int FRAMES_PER_SECOND = 25;
    private static final int MICROSECONDS_PER_FRAME = 1_000_000 / FRAMES_PER_SECOND;
    private static final int FRAME = WIDTH * HEIGHT * 3;

    /** {@code AVIF_HASINDEX}. */
    private static final int HAS_INDEX = 0x10;

    /** {@code AVIIF_KEYFRAME}. */
    private static final int KEY_FRAME = 0x10;

    private static final int INDEX_ENTRY = 16;
    private static final String PICTURE = "00db";

    private Video() {}

    /** Writes a file of exactly so many bytes, an even number; what the last picture leaves is a {@code JUNK} chunk. */
    static void write(Path file, int bytes) throws IOException {
        int fixed = 12 + header(0).length + Riff.HEAD + 4 + Riff.HEAD + Riff.HEAD;
        int frames = (bytes - fixed) / (Riff.HEAD + FRAME + INDEX_ENTRY);
        int junk = bytes - fixed - frames * (Riff.HEAD + FRAME + INDEX_ENTRY);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(Riff.head("RIFF", bytes - Riff.HEAD));
            out.write("AVI ".getBytes(US_ASCII));
            out.write(header(frames));
            out.write(Riff.head("LIST", 4 + frames * (Riff.HEAD + FRAME)));
            out.write("movi".getBytes(US_ASCII));
            for (int frame = 0; frame < frames; frame++) {
                out.write(Riff.head(PICTURE, FRAME));
                out.write(picture(frame));
            }
            out.write(Riff.head("idx1", frames * INDEX_ENTRY));
            for (int frame = 0; frame < frames; frame++) {
                out.write(PICTURE.getBytes(US_ASCII));
                out.write(Riff.words(KEY_FRAME, 4 + frame * (Riff.HEAD + FRAME), FRAME));
            }
            out.write(Riff.chunk("JUNK", new byte[junk]));
        }
    }

    private static byte[] header(int frames) {
        byte[] main = Riff.chunk(
                "avih",
                Riff.words(
                        MICROSECONDS_PER_FRAME,
                        FRAME * FRAMES_PER_SECOND,
                        0,
                        HAS_INDEX,
                        frames,
                        0,
                        1,
                        FRAME,
                        WIDTH,
                        HEIGHT,
                        0,
                        0,
                        0,
                        0));
        byte[] stream = Riff.chunk(
                "strh",
                Riff.join(
                        "vids".getBytes(US_ASCII),
                        "DIB ".getBytes(US_ASCII),
                        Riff.words(0, 0, 0, 1, FRAMES_PER_SECOND, 0, frames, FRAME, -1, 0, 0, HEIGHT << 16 | WIDTH)));
        byte[] format = Riff.chunk("strf", Riff.words(40, WIDTH, HEIGHT, 24 << 16 | 1, 0, FRAME, 0, 0, 0, 0));
        return Riff.list("hdrl", main, Riff.list("strl", stream, format));
    }

    /** Rows from the bottom up, blue, green, red. */
    private static byte[] picture(int frame) {
        byte[] pixels = new byte[FRAME];
        double turn = frame / 40.0;
        int red = (int) (127 + 120 * Math.sin(turn));
        int green = (int) (127 + 120 * Math.sin(turn + 2.1));
        int blue = (int) (127 + 120 * Math.sin(turn + 4.2));
        int at = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int light = (x * y + frame * (x + 3 * y)) >> 7 & 0x3f;
                pixels[at++] = (byte) Math.min(255, blue + light);
                pixels[at++] = (byte) Math.min(255, green + light);
                pixels[at++] = (byte) Math.min(255, red + light);
            }
        }
        return pixels;
    }
}
