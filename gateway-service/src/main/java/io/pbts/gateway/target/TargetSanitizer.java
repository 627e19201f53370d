package io.pbts.gateway.target;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Predicate;

/**
 * Makes every request line legal before anything parses it, and on tracker paths keeps what was sent in a header of our
 * own, which {@link TargetRestorer} puts back on the way out. A client's header of that name never gets past.
 */
@ChannelHandler.Sharable
final class TargetSanitizer extends ChannelInboundHandlerAdapter {
    private final Predicate<String> isTracker;

    TargetSanitizer(Predicate<String> isTracker) {
        this.isTracker = isTracker;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            sanitize(request);
        }
        context.fireChannelRead(message);
    }

    private void sanitize(HttpRequest request) {
        RequestTarget target = RequestTarget.of(request.uri());
        request.setUri(target.legal());
        request.headers().remove(ExactTargets.HEADER);
        if (target.isPrintable() && isTracker.test(target.legalPath())) {
            request.headers().set(ExactTargets.HEADER, target.sent());
        }
    }
}
