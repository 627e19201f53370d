package io.pbts.engine.tracker;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client for each scheme. A tracker whose name has addresses of both families is told by both, at the same time, so that
 * peers of either find us (BEP 7); once one has answered, the other is given a little longer and not waited for.
 */
public final class Trackers implements TrackerClient {

    private static final Duration GRACE = Duration.ofSeconds(3);

    /** How a tracker's name becomes addresses. */
    interface Names {
        List<InetAddress> addressesOf(String host) throws UnknownHostException;
    }

    /** An answer or why there is none. */
    private record Outcome(@Nullable AnnounceAnswer answer, TrackerFailure failure) {}

    private final AddressedTracker http;
    private final AddressedTracker udp;
    private final Names names;
    private final InetAddress listening;

    /**
     * Trusts the certificates that the JDK trusts.
     *
     * @param listening where peers connect to: a tracker is not told by a family that nobody could call back
     */
    public Trackers(InetAddress listening) {
        this(
                new HttpTracker((SSLSocketFactory) SSLSocketFactory.getDefault()),
                new UdpTracker(new SecureRandom()),
                host -> List.of(InetAddress.getAllByName(host)),
                listening);
    }

    Trackers(AddressedTracker http, AddressedTracker udp, Names names, InetAddress listening) {
        this.http = http;
        this.udp = udp;
        this.names = names;
        this.listening = listening;
    }

    @Override
    public AnnounceAnswer announce(URI tracker, AnnounceRequest request, Duration patience)
            throws TrackerFailure, InterruptedException {
        AddressedTracker client = "udp".equalsIgnoreCase(tracker.getScheme()) ? udp : http;
        List<InetAddress> addresses = addresses(tracker);
        if (addresses.size() == 1) {
            return client.announce(tracker, addresses.getFirst(), request, patience);
        }
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        List<Thread> asking = new ArrayList<>();
        for (InetAddress address : addresses) {
            asking.add(Thread.ofVirtual()
                    .name("pbts-announce-" + Family.of(address))
                    .start(() -> outcomes.add(ask(client, tracker, address, request, patience))));
        }
        try {
            return both(outcomes, addresses.size(), patience);
        } finally {
            asking.forEach(Thread::interrupt);
        }
    }

    private static AnnounceAnswer both(BlockingQueue<Outcome> outcomes, int asked, Duration patience)
            throws TrackerFailure, InterruptedException {
        TrackerFailure failure = new TrackerFailure("cannot reach the tracker: no answer");
        AnnounceAnswer answer = null;
        for (int i = 0; i < asked; i++) {
            long wait = (answer == null ? patience.plus(GRACE) : GRACE).toNanos();
            Outcome next = outcomes.poll(wait, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            if (next.answer() == null) {
                failure = failure.retryIn().isPresent() ? failure : next.failure();
            } else {
                answer = answer == null ? next.answer() : answer.with(next.answer());
            }
        }
        if (answer == null) {
            throw failure;
        }
        return answer;
    }

    private static Outcome ask(
            AddressedTracker client, URI tracker, InetAddress address, AnnounceRequest request, Duration patience) {
        TrackerFailure none = new TrackerFailure("cannot reach the tracker: interrupted");
        try {
            return new Outcome(client.announce(tracker, address, request, patience), none);
        } catch (TrackerFailure e) {
            return new Outcome(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(null, none);
        }
    }

    /** The first of each family that peers could call us by; when there is none of those, the first of the others. */
    private List<InetAddress> addresses(URI tracker) throws TrackerFailure {
        Map<Family, InetAddress> firsts = new EnumMap<>(Family.class);
        try {
            names.addressesOf(tracker.getHost()).forEach(address -> firsts.putIfAbsent(Family.of(address), address));
        } catch (UnknownHostException e) {
            throw new TrackerFailure("the tracker's name is unknown");
        }
        if (firsts.isEmpty()) {
            throw new TrackerFailure("the tracker's name has no address");
        }
        InetAddress ours = listening.isAnyLocalAddress() ? null : firsts.get(Family.of(listening));
        return ours == null ? List.copyOf(firsts.values()) : List.of(ours);
    }
}
