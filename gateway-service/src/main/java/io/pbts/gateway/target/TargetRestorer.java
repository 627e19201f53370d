package io.pbts.gateway.target;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;

/** Puts the target that {@link TargetSanitizer} kept back into the request line, and takes the header away. */
@ChannelHandler.Sharable
final class TargetRestorer extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpRequest request) {
            String sent = request.headers().get(ExactTargets.HEADER);
            if (sent != null) {
                request.headers().remove(ExactTargets.HEADER);
                request.setUri(sent);
            }
        }
        var _ = context.write(message, promise);
    }
}
