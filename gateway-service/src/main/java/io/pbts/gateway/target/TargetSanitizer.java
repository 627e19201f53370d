package io.pbts.gateway.target;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;

/**
 * Makes every request line legal before anything parses it, and for a GET of a tracker path keeps what was sent in a header of our
 * own, which {@link TargetRestorer} puts back on the way out. A client's header of that name never gets past. A Host that is an
 * IPv6 address without brackets, as libtorrent writes it, becomes the address that was called.
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
            nameHost(request, context.channel().localAddress());
        }
        context.fireChannelRead(message);
    }

    private static void nameHost(HttpRequest request, SocketAddress called) {
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        boolean bare = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
        if (bare && called instanceof InetSocketAddress here) {
            request.headers().set(HttpHeaderNames.HOST, NetUtil.toSocketAddressString(here));
        }
    }

    private void sanitize(HttpRequest request) {
        RequestTarget target = RequestTarget.of(request.uri());
        request.setUri(target.legal());
        request.headers().remove(ExactTargets.HEADER);
        boolean read = request.method().equals(HttpMethod.GET);
        if (read && target.isPrintable() && isTracker.test(target.legalPath())) {
            request.headers().set(ExactTargets.HEADER, target.sent());
        }
    }
}
