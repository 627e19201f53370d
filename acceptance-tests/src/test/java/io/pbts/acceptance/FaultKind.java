package io.pbts.acceptance;

import io.pbts.protocol.testing.network.Fault;
import java.time.Duration;

/** How a dependency fails. */
enum FaultKind {
    SLOW(4),
    REFUSING(5),
    /** Longer than anybody waits, so that everyone who waits is seen giving up. */
    HANGING(12),
    HALF_BROKEN(5),
    GONE(5);

    /** An answer's status line and the first of its headers; a login of Postgres and the beginning of a transaction. */
    private static final int HALF_AN_ANSWER = 60;

    private static final int HALF_A_TRANSACTION = 2_000;

    private final Duration lasts;

    FaultKind(int seconds) {
        this.lasts = Duration.ofSeconds(seconds);
    }

    Duration lasts() {
        return lasts;
    }

    /** A transaction asks Postgres ten times, one call asks a service once. */
    Fault of(String dependency) {
        boolean database = dependency.equals("postgres");
        return switch (this) {
            case SLOW ->
                database
                        ? new Fault.Latency(Duration.ofMillis(15), Duration.ofMillis(10))
                        : new Fault.Latency(Duration.ofMillis(250), Duration.ofMillis(250));
            case REFUSING -> new Fault.Refuse();
            case HANGING -> new Fault.HalfOpen();
            case HALF_BROKEN -> new Fault.Truncate(database ? HALF_A_TRANSACTION : HALF_AN_ANSWER);
            case GONE -> new Fault.Gone();
        };
    }
}
