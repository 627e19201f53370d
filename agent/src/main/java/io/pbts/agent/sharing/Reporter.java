package io.pbts.agent.sharing;

import io.pbts.agent.tracker.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands in what is in the queue, every few seconds and once more at the end; a tracker that is away is tried again. */
final class Reporter implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final HandIn handIn;
    private final Consumer<String> failed;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;

    /** @param failed hears why receipts are kept for later */
    Reporter(HandIn handIn, Consumer<String> failed) {
        this.handIn = handIn;
        this.failed = failed;
        this.thread = Thread.ofVirtual().name("pbts-report").start(this::run);
    }

    private void run() {
        try {
            boolean last = false;
            while (!last) {
                last = ending.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                reportAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportAll() throws InterruptedException {
        try {
            handIn.all();
        } catch (Refused | IOException e) {
            failed.accept(String.valueOf(e.getMessage()));
        }
    }

    /** Hands in what is left, if the tracker is there, and ends. */
    @Override
    public void close() {
        ending.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
