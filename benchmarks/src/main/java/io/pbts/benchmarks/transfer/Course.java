package io.pbts.benchmarks.transfer;

import java.util.Locale;

/**
 * What is transferred and how fast it may go.
 *
 * @param pieceLength bytes
 * @param bytes of the file
 * @param limit of the sender, bytes a second; 0 for none
 */
record Course(int pieceLength, long bytes, long limit) {
    private static final double MEGA = 1e6;
    private static final int KIBI = 1 << 10;

    Course {
        if (pieceLength < 1 || bytes < 1 || limit < 0) {
            throw new IllegalArgumentException("no transfer: %d, %d, %d".formatted(pieceLength, bytes, limit));
        }
    }

    /** For example {@code 20MBps-256KiB}; the end of row names. */
    String name() {
        return rate() + "-" + piece();
    }

    /** For example {@code 2.5MBps} or {@code unlimited}. */
    String rate() {
        return limit == 0
                ? "unlimited"
                : String.format(Locale.ROOT, "%.1fMBps", limit / MEGA).replace(".0MBps", "MBps");
    }

    /** For example {@code 256KiB} or {@code 1MiB}. */
    String piece() {
        int kibibytes = pieceLength / KIBI;
        return kibibytes < KIBI ? kibibytes + "KiB" : kibibytes / KIBI + "MiB";
    }

    int pieces() {
        return Math.toIntExact(Math.ceilDiv(bytes, (long) pieceLength));
    }

    double megabytesPerSecond(double seconds) {
        return bytes / MEGA / seconds;
    }
}
