package io.pbts.protocol.testing.network;

import java.time.Duration;

/** What a network, or the program at its other end, does to connections. */
public sealed interface Fault {
    /** Everything passes. */
    record None() implements Fault {}

    /**
     * What is read is passed on later, in both directions.
     *
     * @param delay at least
     * @param jitter at most so much more, another time each time
     */
    record Latency(Duration delay, Duration jitter) implements Fault {
        public Latency {
            if (delay.isNegative() || jitter.isNegative()) {
                throw new IllegalArgumentException("nothing arrives before it was sent: " + delay + ", " + jitter);
            }
        }
    }

    /** So many bytes a second in each direction of each connection. */
    record Bandwidth(int bytesPerSecond) implements Fault {
        public Bandwidth {
            requirePositive(bytesPerSecond);
        }
    }

    /** Connections are made, and reset (RST) as soon as something is asked. */
    record Reset() implements Fault {}

    /** Connections are made and nothing is ever answered on them, nor later on those that lived meanwhile. */
    record HalfOpen() implements Fault {}

    /** What is asked arrives; of the answer nothing comes back, and the connection stays open. */
    record AnswerLost() implements Fault {}

    /** So many bytes of answers pass on each connection, then both sides see its end. */
    record Truncate(int bytes) implements Fault {
        public Truncate {
            requirePositive(bytes);
        }
    }

    /** Nobody listens: connecting is refused at once, and what was connected is reset. */
    record Refuse() implements Fault {}

    /** The host is gone: connecting gets no answer at all, nor does what was connected. */
    record Gone() implements Fault {}

    private static void requirePositive(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("not a number of bytes that something happens after: " + bytes);
        }
    }
}
