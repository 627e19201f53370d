package io.pbts.engine.tracker;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/** Asks one tracker once, at one of its addresses. */
interface AddressedTracker {

    /**
     * Announces.
     *
     * @param address one that the tracker's name has
     * @param patience how long to wait for an answer
     */
    AnnounceAnswer announce(URI tracker, InetAddress address, AnnounceRequest request, Duration patience)
            throws TrackerFailure, InterruptedException;
}
