package io.pbts.engine.tracker;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;

/** A client for each scheme. */
public final class Trackers implements TrackerClient, AutoCloseable {

    private final HttpTracker http = new HttpTracker();
    private final UdpTracker udp = new UdpTracker(new SecureRandom());

    @Override
    public AnnounceAnswer announce(URI tracker, AnnounceRequest request, Duration patience)
            throws TrackerFailure, InterruptedException {
        TrackerClient client = "udp".equals(tracker.getScheme()) ? udp : http;
        return client.announce(tracker, request, patience);
    }

    @Override
    public void close() {
        http.close();
    }
}
