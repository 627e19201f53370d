package io.pbts.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a sound: 16 bit stereo PCM in a WAVE file, two tones that wander. */
final class Audio {
    private static final int RATE = 44_100;
    private static final int SAMPLE = 4;
    private static final int HEADER = 44;
    private static final double LOUDNESS = 9_000;

    private Audio() {}

    /** Writes a file of exactly so many bytes, a multiple of 4. */
    static void write(Path file, int bytes) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(Riff.head("RIFF", bytes - Riff.HEAD));
            out.write("WAVE".getBytes(US_ASCII));
            out.write(Riff.chunk("fmt ", Riff.words(2 << 16 | 1, RATE, RATE * SAMPLE, 16 << 16 | SAMPLE)));
            out.write(Riff.head("data", bytes - HEADER));
            ByteBuffer sample = ByteBuffer.allocate(SAMPLE).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at < (bytes - HEADER) / SAMPLE; at++) {
                double seconds = (double) at / RATE;
                sample.clear();
                sample.putShort(tone(seconds, 220)).putShort(tone(seconds, 331));
                out.write(sample.array());
            }
        }
    }

    private static short tone(double seconds, double hertz) {
        double wander = 3 * Math.sin(seconds / 5);
        return (short) (LOUDNESS * Math.sin(2 * Math.PI * hertz * seconds + wander));
    }
}
