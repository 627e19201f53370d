package io.pbts.agent.sharing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of a command that would go on for ever: a signal, which is answered once everything is put away. */
final class Stop implements AutoCloseable {

    private static final Duration TIDY = Duration.ofSeconds(20);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signalled, "pbts-signal");

    Stop() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void signalled() {
        asked.countDown();
        try {
            done.await(TIDY.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was asked for within this time. */
    boolean await(Duration time) throws InterruptedException {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All is put away. */
    @Override
    public void close() {
        done.countDown();
        if (asked.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
