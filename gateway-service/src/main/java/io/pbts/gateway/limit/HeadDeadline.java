package io.pbts.gateway.limit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request head does not end in time. The server's own timers watch silence and bodies; a head that
 * trickles in, one byte now and then, would hold its connection for ever. One instance per connection.
 */
final class HeadDeadline {
    private final Duration limit;
    private boolean inRequest;
    private @Nullable Future<?> deadline;

    HeadDeadline(Duration limit) {
        this.limit = limit;
    }

    /** Watches bytes before the codec and messages behind it. */
    void fasten(ChannelPipeline pipeline, String beforeHandler) {
        pipeline.addFirst("head-deadline-bytes", new Bytes());
        pipeline.addBefore(beforeHandler, "head-deadline-messages", new Messages());
    }

    private void cancel() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
            deadline = null;
        }
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!inRequest && deadline == null) {
                deadline = context.executor().schedule(() -> close(context), limit.toMillis(), TimeUnit.MILLISECONDS);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            cancel();
            context.fireChannelInactive();
        }
    }

    private final class Messages extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                inRequest = true;
                cancel();
            }
            if (message instanceof LastHttpContent) {
                inRequest = false;
            }
            context.fireChannelRead(message);
        }
    }
}
