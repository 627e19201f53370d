package io.pbts.gateway.limit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose answer is out while the body of its request still comes: nobody reads that body any more, so no other
 * limit would ever notice how slowly it comes. It may linger a little, so that its sender can read the answer (RFC 9112, 9.6).
 * One instance per connection, between the codec and the server.
 */
final class UnreadBody extends ChannelDuplexHandler {
    private final Duration linger;
    private boolean bodyToCome;
    private @Nullable Future<?> end;

    UnreadBody(Duration linger) {
        this.linger = linger;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            bodyToCome = true;
        }
        if (message instanceof LastHttpContent) {
            bodyToCome = false;
            cancel();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInterim(message) && bodyToCome && end == null) {
            end = context.executor().schedule(() -> close(context), linger.toMillis(), TimeUnit.MILLISECONDS);
        }
        var _ = context.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel();
        context.fireChannelInactive();
    }

    /** 100 Continue is a whole message, and no answer. */
    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void cancel() {
        Future<?> running = end;
        if (running != null) {
            running.cancel(false);
            end = null;
        }
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }
}
