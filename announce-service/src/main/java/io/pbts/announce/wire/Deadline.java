package io.pbts.announce.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says when a connection's time is over. Putting the end off costs one assignment: the timer looks again when it fires. Only
 * an earlier end moves the timer.
 */
final class Deadline {
    private final ChannelHandlerContext connection;
    private final Runnable whenOver;
    private @Nullable ScheduledFuture<?> timer;
    private long firesAt;
    private long end;

    Deadline(ChannelHandlerContext connection, Runnable whenOver) {
        this.connection = connection;
        this.whenOver = whenOver;
    }

    void in(Duration time) {
        in(time.toNanos(), System.nanoTime());
    }

    void in(long nanos, long now) {
        end = now + nanos;
        if (timer == null || end - firesAt < 0) {
            cancel();
            schedule(now);
        }
    }

    /** Brings the end forward to then, if it is later. */
    void atMost(long nanos, long now) {
        if (now + nanos - end < 0) {
            in(nanos, now);
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(long now) {
        firesAt = end;
        timer = connection.executor().schedule(this::look, end - now, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        timer = null;
        if (end - now <= 0) {
            whenOver.run();
        } else {
            schedule(now);
        }
    }
}
