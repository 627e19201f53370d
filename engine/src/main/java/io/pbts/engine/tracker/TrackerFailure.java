package io.pbts.engine.tracker;

import java.time.Duration;
import java.util.Optional;

/** The tracker refused, could not be reached or made no sense. The message is for people. */
public final class TrackerFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** It does not want to be asked again (BEP 31). */
    static final Duration NEVER = Duration.ofDays(36_500);

    private final transient Optional<Duration> retryIn;

    TrackerFailure(String message) {
        this(message, Optional.empty());
    }

    TrackerFailure(String message, Optional<Duration> retryIn) {
        super(message);
        this.retryIn = retryIn;
    }

    /** When the tracker wants to be asked again, if it said so. */
    public Optional<Duration> retryIn() {
        return retryIn;
    }
}
