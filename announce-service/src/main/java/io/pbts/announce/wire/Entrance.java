package io.pbts.announce.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.pbts.announce.limit.Occupancy.Place;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.wire.tls.TlsCertificate;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Gives a new connection its handler while there is room. */
final class Entrance extends ChannelInitializer<Channel> {
    private final Door door;
    private final @Nullable TlsCertificate certificate;

    private Entrance(Door door, @Nullable TlsCertificate certificate) {
        this.door = door;
        this.certificate = certificate;
    }

    /**
     * Binds listeners of a door, whose connections are served by these loops. Netty asks the system to send at once
     * ({@code TCP_NODELAY}); asking again would be one more system call per connection.
     */
    static ServerBootstrap bootstrap(
            EventLoopGroup loops, Transport transport, Door door, @Nullable TlsCertificate certificate) {
        return new ServerBootstrap()
                .group(loops)
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, door.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new Entrance(door, certificate));
    }

    @Override
    protected void initChannel(Channel channel) {
        PeerAddress remote = channel.remoteAddress() instanceof InetSocketAddress address
                ? PeerAddress.of(address.getAddress())
                : null;
        if (remote == null) {
            var _ = channel.close(); // gone already
            return;
        }
        long client = door.clientAt(remote);
        Place place = door.enter(client);
        if (place == Place.NONE) {
            var _ = channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> door.left(place, client));
        if (certificate != null) {
            if (!door.admitsRequest(client, System.nanoTime())) {
                var _ = channel.close(); // a handshake would cost more than the answer that it is for
                return;
            }
            channel.pipeline().addLast(certificate.newHandler(channel.alloc()));
        }
        channel.pipeline().addLast(new HttpConnection(door, place, remote, client));
    }
}
