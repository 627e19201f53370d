package io.pbts.acceptance;

import java.time.Duration;

/** What members ask for, through the gateway but for {@link #DIRECT}. */
enum Call {
    ANNOUNCE("announces", 100, 8),
    DIRECT("direct announces", 100, 8),
    REPORT("reports", 150, 14),
    REGISTER("registrations", 700, 14),
    ACCOUNT("accounts", 300, 14),
    TORRENTS("torrents", 300, 14),
    EPOCHS("epochs", 300, 19),
    INSTANCE("instance", 300, 14);

    private final String label;
    private final Duration pause;
    private final Duration longest;

    Call(String label, long pauseMillis, long longestSeconds) {
        this.label = label;
        this.pause = Duration.ofMillis(pauseMillis);
        this.longest = Duration.ofSeconds(longestSeconds);
    }

    /** As in the table of the operator's manual. */
    String label() {
        return label;
    }

    /** Between two of them. */
    Duration pause() {
        return pause;
    }

    /** The gateway's patience with the service (5 s, 10 s, 15 s) and some seconds of a busy machine. */
    Duration longest() {
        return longest;
    }
}
