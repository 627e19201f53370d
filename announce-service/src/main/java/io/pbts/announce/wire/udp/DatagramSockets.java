package io.pbts.announce.wire.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.limit.LoopLoad;
import io.pbts.announce.tracker.DatagramExchange;
import io.pbts.announce.tracker.Tracker;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Opens the tracker's UDP sockets. Natively there is one per event loop at the same address, among which the kernel spreads
 * the clients, and packets are read and written many at a time.
 */
public final class DatagramSockets {
    private static final int PACKETS_PER_READ = 16;
    private static final int RECEIVE_BUFFER = 4 << 20;

    private final Tracker tracker;
    private final EdgeLimits limits;
    private final ConnectionIds ids;
    private final SecureRandom random;
    private final Duration overloadLag;

    /** @param overloadLag how late an event loop may be before it turns requests away */
    public DatagramSockets(
            Tracker tracker, EdgeLimits limits, ConnectionIds ids, SecureRandom random, Duration overloadLag) {
        this.tracker = tracker;
        this.limits = limits;
        this.ids = ids;
        this.random = random;
        this.overloadLag = overloadLag;
    }

    /** The sockets that could be opened, and why the next one could not. */
    public record Opened(List<Channel> channels, Optional<Throwable> failure) {
        public Opened {
            channels = List.copyOf(channels);
        }
    }

    /** Opens as many sockets as can share the address: {@code sockets} of them natively, else one. Blocks. */
    public Opened open(EventLoopGroup loops, InetSocketAddress address, int sockets, boolean natively) {
        Bootstrap bootstrap = natively ? nativeBootstrap() : new Bootstrap().channel(NioDatagramChannel.class);
        bootstrap
                .group(loops)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .handler(new Entrance());
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < (natively ? sockets : 1); i++) {
            ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                return new Opened(channels, Optional.of(bound.cause()));
            }
            channels.add(bound.channel());
        }
        return new Opened(channels, Optional.empty());
    }

    private static Bootstrap nativeBootstrap() {
        return new Bootstrap()
                .channel(EpollDatagramChannel.class)
                .option(UnixChannelOption.SO_REUSEPORT, true)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DatagramExchange.MAX_PACKET)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(PACKETS_PER_READ * DatagramExchange.MAX_PACKET));
    }

    /** Gives each socket what its event loop serves packets with. */
    private final class Entrance extends ChannelInitializer<DatagramChannel> {
        @Override
        protected void initChannel(DatagramChannel channel) {
            DatagramExchange exchange = tracker.newDatagramExchange(new SplittableRandom(random.nextLong()), limits);
            channel.pipeline().addLast(new Datagrams(tracker, limits, ids, exchange, new LoopLoad(overloadLag)));
        }
    }
}
