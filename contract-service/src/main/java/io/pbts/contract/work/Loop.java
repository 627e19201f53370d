package io.pbts.contract.work;

import io.pbts.support.FactUnavailable;
import io.pbts.support.trace.WorkSpans;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Repeats a step after a pause, sooner when somebody knocks. A step that fails is logged and tried again: what it had not
 * committed did not happen, so there is nothing to repair.
 */
public final class Loop implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Duration pause;
    private final Runnable step;
    private final WorkSpans spans;
    private final Semaphore knocks = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private String lastFailure = "";

    public Loop(String name, Duration pause, Runnable step, WorkSpans spans) {
        this.name = name;
        this.pause = pause;
        this.step = step;
        this.spans = spans;
    }

    /** Ends the present pause. */
    public void knock() {
        knocks.release();
    }

    @Override
    public void start() {
        stopping = false;
        thread = Thread.ofVirtual().name(name).start(this::repeat);
    }

    @Override
    public void stop() {
        Thread running = thread;
        stopping = true;
        knock();
        if (running == null) {
            return;
        }
        try {
            if (!running.join(STOP_PATIENCE)) {
                LOG.warn("event=loop_still_busy loop={}", name);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void repeat() {
        while (!stopping) {
            try (WorkSpans.Step _ = spans.begin(name)) {
                once();
            }
            try {
                boolean knocked = knocks.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                if (knocked) {
                    knocks.drainPermits();
                }
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void once() {
        try {
            step.run();
            lastFailure = "";
        } catch (FactUnavailable | DataAccessException | TransactionException passing) {
            if (isNews(passing)) {
                LOG.warn("event=step_postponed loop={} cause=\"{}\"", name, passing.getMessage());
            }
        } catch (RuntimeException unexpected) {
            if (isNews(unexpected)) {
                LOG.error("event=step_failed loop={}", name, unexpected);
            }
        }
    }

    /** A failure that lasts is told once. */
    private boolean isNews(RuntimeException failure) {
        String told = lastFailure;
        lastFailure = failure.toString();
        return !lastFailure.equals(told);
    }
}
