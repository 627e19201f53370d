package io.pbts.announce.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose time is over. Putting the end off costs one assignment: the timer looks again when it fires.
 * Only an earlier end moves the timer.
 */
final class Deadline {
    private final ChannelHandlerContext connection;
    private @Nullable ScheduledFuture<?> timer;
    private long firesAt;
    private long end;

    Deadline(ChannelHandlerContext connection) {
        this.connection = connection;
    }

    void in(Duration time) {
        long now = System.nanoTime();
        end = now + time.toNanos();
        if (timer == null || end - firesAt < 0) {
            cancel();
            schedule(now);
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
            var _ = connection.close();
        } else {
            schedule(now);
        }
    }
}
