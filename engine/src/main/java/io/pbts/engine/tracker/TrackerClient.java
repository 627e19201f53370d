package io.pbts.engine.tracker;

import java.net.URI;
import java.time.Duration;

/** Asks one tracker once. */
public interface TrackerClient {

    /**
     * Announces.
     *
     * @param patience how long to wait for an answer
     */
    AnnounceAnswer announce(URI tracker, AnnounceRequest request, Duration patience)
            throws TrackerFailure, InterruptedException;
}
