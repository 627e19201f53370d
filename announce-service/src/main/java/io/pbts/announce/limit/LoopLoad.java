package io.pbts.announce.limit;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event loop keeps up. While it serves, it now and then gives itself a task for after the next round through its
 * sockets and looks how long that took: as long as any client waits that has just sent something. Late twice in a row is
 * overload; one pause is none. Not thread-safe, used on its loop only.
 */
public final class LoopLoad implements Runnable {
    private static final long PAUSE = Duration.ofMillis(10).toNanos();
    private static final long REMEMBERED = Duration.ofSeconds(10).toNanos();
    private static final int TOO_OFTEN = 2;

    private final long mostLag;
    private @Nullable ScheduledExecutorService nextRound;
    private long askedAt;
    private long judgedAt;
    private boolean waiting;
    private int timesLate;

    public LoopLoad(Duration mostLag) {
        this.mostLag = mostLag.toNanos();
        askedAt = System.nanoTime() - PAUSE;
        judgedAt = askedAt;
    }

    /** To be called with every request, on the loop. */
    public void serving(ScheduledExecutorService loop, long nanoTime) {
        if (!waiting && nanoTime - askedAt >= PAUSE) {
            waiting = true;
            askedAt = nanoTime;
            nextRound = loop;
            loop.execute(this);
        }
    }

    /** Whether work should be turned away: answering "later" is cheaper than answering late. */
    public boolean isOver(long nanoTime) {
        return timesLate >= TOO_OFTEN && nanoTime - judgedAt < REMEMBERED;
    }

    /** First at the end of the round in which it was asked, then, since a loop takes up what is scheduled once a round, of the next. */
    @Override
    public void run() {
        ScheduledExecutorService loop = nextRound;
        if (loop == null) {
            waitedUntil(System.nanoTime());
        } else {
            nextRound = null;
            var _ = loop.schedule(this, 0, TimeUnit.NANOSECONDS);
        }
    }

    void waitedUntil(long nanoTime) {
        waiting = false;
        judgedAt = nanoTime;
        timesLate = nanoTime - askedAt > mostLag ? timesLate + 1 : 0;
    }
}
