package io.pbts.engine.torrent;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Addresses that trackers named: when each is called next, and which never again. Bounded. */
final class Candidates {

    private static final int MAX = 2000;
    private static final int MAX_FAILURES = 8;

    /** After the first call in vain, and twice as long after each further one: somebody may just be starting again. */
    private static final long FAILED_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long ENDED_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final class Candidate {
        private boolean busy;
        private int failures;
        private long notBefore;
    }

    private final Map<InetSocketAddress, Candidate> known = new LinkedHashMap<>();
    private final Set<InetSocketAddress> banned = new HashSet<>();

    synchronized void add(Collection<InetSocketAddress> addresses) {
        for (InetSocketAddress address : addresses) {
            if (known.size() < MAX && address.getPort() != 0 && !banned.contains(address)) {
                known.putIfAbsent(address, new Candidate());
            }
        }
    }

    /** One that may be called now; it stays taken until {@link #failed} or {@link #ended}. */
    synchronized Optional<InetSocketAddress> next(long now) {
        for (Map.Entry<InetSocketAddress, Candidate> entry : known.entrySet()) {
            Candidate candidate = entry.getValue();
            if (!candidate.busy && (candidate.notBefore == 0 || now - candidate.notBefore >= 0)) {
                candidate.busy = true;
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    /** Nobody answered there: a longer pause each time, and in the end it is forgotten. */
    synchronized void failed(InetSocketAddress address, long now) {
        Candidate candidate = known.get(address);
        if (candidate == null) {
            return;
        }
        candidate.busy = false;
        candidate.notBefore = now + (FAILED_PAUSE_NANOS << candidate.failures);
        candidate.failures++;
        if (candidate.failures >= MAX_FAILURES) {
            known.remove(address);
        }
    }

    /** The connection has ended. */
    synchronized void ended(InetSocketAddress address, long now) {
        Candidate candidate = known.get(address);
        if (candidate != null) {
            candidate.busy = false;
            candidate.failures = 0;
            candidate.notBefore = now + ENDED_PAUSE_NANOS;
        }
    }

    synchronized void ban(InetSocketAddress address) {
        known.remove(address);
        if (banned.size() < MAX) {
            banned.add(address);
        }
    }

    synchronized boolean isBanned(InetSocketAddress address) {
        return banned.contains(address);
    }
}
