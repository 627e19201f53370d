package io.pbts.protocol.receipt;

/** Seconds since 1970 on the wire: 64 bits, and never before 1970. */
final class Timestamps {

    private Timestamps() {}

    static void require(long seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("not a time: " + seconds);
        }
    }
}
