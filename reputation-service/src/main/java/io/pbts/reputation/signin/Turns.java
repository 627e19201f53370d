package io.pbts.reputation.signin;

import io.pbts.support.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few at a time: a pairing holds a processor, and many at once would starve everything else here. First come, first served. */
public final class Turns {
    private final Semaphore free;
    private final Duration patience;

    public Turns(int atOnce, Duration patience) {
        this.free = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /** Runs the work in its turn. Whoever would wait too long is refused with 503. */
    public void take(Runnable work) {
        await();
        try {
            work.run();
        } finally {
            free.release();
        }
    }

    private void await() {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static Refusal busy() {
        return new Refusal(
                503, "busy", "Too many signatures to verify at once; try again in 1 s", Duration.ofSeconds(1), null);
    }
}
