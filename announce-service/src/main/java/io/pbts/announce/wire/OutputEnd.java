package io.pbts.announce.wire;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Says that nothing more will be sent, while what the client is still sending is taken. */
final class OutputEnd {
    private OutputEnd() {}

    /** Over TLS the end is signed first: without that, clients take it for an attack (RFC 8446 6.1). */
    static void send(Channel channel) {
        SslHandler encryption = channel.pipeline().get(SslHandler.class);
        if (encryption == null) {
            shutDown(channel);
        } else {
            encryption.closeOutbound().addListener(_ -> shutDown(channel));
        }
    }

    private static void shutDown(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
    }
}
