package io.pbts.engine.tracker;

import io.pbts.engine.tracker.AnnounceRequest.Event;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Announces one torrent as often as the tracker wants it: at its interval, after a failure when it says, or else after 15
 * seconds, doubled each time up to half an hour. One tracker at a time; the next one is tried when one does not answer, and
 * the one that did is asked first from then on (BEP 12).
 */
public final class Announcer {

    /** Whose news are told, and who wants to hear the answers. */
    public interface Subject {

        AnnounceRequest request(Event event);

        void found(Collection<InetSocketAddress> peers);

        void failed(String reason);

        void warned(String warning);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FAREWELL_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final int MAX_DOUBLINGS = 7;

    private final TrackerClient client;
    private final List<URI> trackers;
    private final Subject subject;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread thread;
    private boolean stopping;
    private boolean completed;
    private boolean known;
    private int failures;

    public Announcer(TrackerClient client, List<URI> trackers, Subject subject) {
        this.client = client;
        this.trackers = new ArrayList<>(trackers);
        this.subject = subject;
    }

    /** Begins to announce. */
    public synchronized void start(boolean complete) {
        if (stopping || trackers.isEmpty()) {
            ended.countDown();
            return;
        }
        completed = complete;
        thread = Thread.ofVirtual().name("pbts-announce").start(() -> run(complete));
    }

    /** The download is complete: the tracker is told now, once. */
    public synchronized void completed() {
        completed = true;
        notifyAll();
    }

    /** Ends: the tracker is told if it knows of us. */
    public synchronized void stop() {
        stopping = true;
        notifyAll();
        Thread running = thread;
        if (running == null) {
            ended.countDown();
        } else {
            running.interrupt();
        }
    }

    /** Waits for the farewell, which is given up soon. */
    public void awaitStopped() throws InterruptedException {
        ended.await(2 * FAREWELL_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void run(boolean completeAtStart) {
        boolean toldComplete = completeAtStart;
        try {
            Event event = Event.STARTED;
            while (true) {
                Duration pause = announce(event, PATIENCE);
                toldComplete |= event == Event.COMPLETED && failures == 0;
                awaitTurn(pause, toldComplete);
                event = !known ? Event.STARTED : isCompleted() && !toldComplete ? Event.COMPLETED : Event.NONE;
            }
        } catch (InterruptedException e) {
            farewell();
        } finally {
            ended.countDown();
        }
    }

    private synchronized boolean isCompleted() {
        return completed;
    }

    /** Returns when it is time, or when there is news that a healthy tracker wants at once. */
    private synchronized void awaitTurn(Duration pause, boolean toldComplete) throws InterruptedException {
        long until = System.nanoTime() + pause.toNanos();
        while (true) {
            if (stopping) {
                throw new InterruptedException("stopping");
            }
            long left = until - System.nanoTime();
            boolean news = completed && !toldComplete && known && failures == 0;
            if (left <= 0 || news) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Asks the trackers in turn until one answers. Answers how long to wait now. */
    private Duration announce(Event event, Duration patience) throws InterruptedException {
        TrackerFailure last = new TrackerFailure("no tracker");
        for (URI tracker : List.copyOf(trackers)) {
            try {
                AnnounceAnswer answer = client.announce(tracker, subject.request(event), patience);
                known = true;
                failures = 0;
                trackers.remove(tracker);
                trackers.addFirst(tracker);
                answer.warning().ifPresent(subject::warned);
                subject.found(answer.peers());
                Duration least = answer.minInterval().orElse(SHORTEST);
                return longer(longer(answer.interval(), least), SHORTEST);
            } catch (TrackerFailure e) {
                last = e;
            }
        }
        failures++;
        subject.failed(String.valueOf(last.getMessage()));
        return last.retryIn().map(asked -> longer(asked, SHORTEST)).orElseGet(this::backOff);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Not all of us at the same time. */
    private Duration backOff() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        double spread = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
        return Duration.ofMillis((long) (pause.toMillis() * spread));
    }

    private void farewell() {
        if (!known) {
            return;
        }
        // What woke this thread must not end the farewell too.
        Thread.interrupted();
        try {
            client.announce(trackers.getFirst(), subject.request(Event.STOPPED), FAREWELL_PATIENCE);
        } catch (TrackerFailure e) {
            subject.failed("on stopping: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
