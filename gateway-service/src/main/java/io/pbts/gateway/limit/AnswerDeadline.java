package io.pbts.gateway.limit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose caller leaves answers lying. Progress counts, not the end: the same answer takes a phone minutes that
 * a neighbour takes in one. One instance per connection, next to the socket.
 */
final class AnswerDeadline extends ChannelDuplexHandler {
    private final long spanNanos;
    private final long leastPerSpan;
    private long written;
    private long takenAtBegin;
    private long begin;
    private boolean fresh;
    private @Nullable Future<?> look;

    AnswerDeadline(Duration span, long leastPerSecond) {
        this.spanNanos = span.toNanos();
        this.leastPerSpan = Math.max(1, leastPerSecond * spanNanos / 1_000_000_000L);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        fresh |= isAllTaken(context);
        if (message instanceof ByteBuf part) {
            written += part.readableBytes();
        }
        var _ = context.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (isAllTaken(context)) {
            return;
        }
        if (fresh) {
            beginSpan(context);
        }
        if (look == null) {
            lookIn(spanNanos, context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Future<?> running = look;
        if (running != null) {
            running.cancel(false);
        }
        context.fireChannelInactive();
    }

    /** What the system took at once on the caller's behalf is no progress of the caller's. */
    private void beginSpan(ChannelHandlerContext context) {
        fresh = false;
        begin = System.nanoTime();
        takenAtBegin = taken(context);
    }

    private void lookIn(long nanos, ChannelHandlerContext context) {
        look = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        look = null;
        long elapsed = System.nanoTime() - begin;
        if (isAllTaken(context)) {
            return;
        }
        if (elapsed < spanNanos) {
            lookIn(spanNanos - elapsed, context);
            return;
        }
        if (taken(context) - takenAtBegin < leastPerSpan) {
            hangUp(context);
        } else {
            beginSpan(context);
            lookIn(spanNanos, context);
        }
    }

    /** By a reset: otherwise the system would keep what lies there, and offer it on. */
    private static void hangUp(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = context.close();
    }

    private static boolean isAllTaken(ChannelHandlerContext context) {
        ChannelOutboundBuffer answers = context.channel().unsafe().outboundBuffer();
        return answers == null || answers.isEmpty();
    }

    private long taken(ChannelHandlerContext context) {
        ChannelOutboundBuffer answers = context.channel().unsafe().outboundBuffer();
        return answers == null ? written : written - answers.totalPendingWriteBytes() + answers.currentProgress();
    }
}
