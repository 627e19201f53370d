package io.pbts.receipt.signature;

import io.pbts.support.Refusal;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The bulkhead around pairings: as many threads as processors and a bounded queue. Native calls pin their carrier, so they
 * must not run on the virtual threads that serve requests. Checks that anybody may ask for get one place, not all.
 */
@Component
class VerifierPool implements DisposableBean {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** How long work that nobody pays for waits for its place: a few pairings. */
    private static final Duration PATIENCE = Duration.ofMillis(10);

    private final ThreadPoolExecutor threads;
    private final Semaphore aside = new Semaphore(1);

    VerifierPool(SignatureProperties properties) {
        int size = properties.threads() > 0
                ? properties.threads()
                : Runtime.getRuntime().availableProcessors();
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(properties.queue()),
                Thread.ofPlatform().name("verifier-", 0).daemon().factory());
    }

    void requireRoom() {
        if (threads.getQueue().remainingCapacity() == 0) {
            throw busy(null);
        }
    }

    /** Runs work for a report; refuses with 503 when too many wait already. */
    <T> T run(Supplier<T> work) {
        try {
            return await(threads.submit(work::get));
        } catch (RejectedExecutionException full) {
            throw busy(full);
        }
    }

    /** Runs work that nobody pays for, one at a time. */
    <T> T runAside(Supplier<T> work) {
        try {
            if (!aside.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy(null);
            }
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
        try {
            return run(work);
        } finally {
            aside.release();
        }
    }

    /** How much work was ever taken on. */
    long taken() {
        return threads.getTaskCount();
    }

    /** How much work waits for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    private static <T> T await(Future<T> result) {
        try {
            return result.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("checking signatures failed", failed.getCause());
        } catch (InterruptedException stopped) {
            result.cancel(false);
            throw interrupted(stopped);
        }
    }

    private static Refusal busy(@Nullable Throwable cause) {
        return new Refusal(
                503, "busy", "Too many receipts at once; nothing was counted, try again in 1 s", AGAIN, cause);
    }

    private static Refusal interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new Refusal(503, "stopping", "The service is stopping; nothing was counted", AGAIN, stopped);
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
