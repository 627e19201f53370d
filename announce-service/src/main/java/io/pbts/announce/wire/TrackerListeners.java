package io.pbts.announce.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.limit.Occupancy;
import io.pbts.announce.limit.Occupancy.Place;
import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.tracker.Rehearsal;
import io.pbts.announce.tracker.Tracker;
import io.pbts.announce.wire.tls.TlsCertificate;
import io.pbts.announce.wire.tls.TlsProperties;
import io.pbts.announce.wire.tls.TlsUnusable;
import io.pbts.announce.wire.udp.ConnectionIds;
import io.pbts.announce.wire.udp.DatagramSockets;
import io.pbts.announce.wire.websocket.WebSockets;
import io.pbts.support.access.ServiceTokenVerifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The tracker's sockets: opened last, when everything behind them is ready, and closed first. */
final class TrackerListeners implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TrackerListeners.class);

    private final Rehearsal rehearsal;
    private final Door.House stage;
    private final Door.House house;
    private final WireProperties properties;
    private final TlsProperties tls;
    private final Transport transport;
    private final Map<Door.Kind, List<Channel>> open = new EnumMap<>(Door.Kind.class);
    private final List<Channel> datagrams = new ArrayList<>();
    private final DatagramSockets sockets;
    private @Nullable EventLoopGroup loops;
    private @Nullable TlsCertificate certificate;

    TrackerListeners(
            Tracker tracker,
            Rehearsal rehearsal,
            EdgeLimits limits,
            ConnectionIds ids,
            Rooms rooms,
            ServiceTokenVerifier verifier,
            WireProperties properties,
            TlsProperties tls,
            SecureRandom random,
            Transport transport) {
        sockets = new DatagramSockets(tracker, limits, ids, random, properties.overloadLag());
        this.rehearsal = rehearsal;
        this.properties = properties;
        this.tls = tls;
        this.transport = transport;
        var occupancy = new Occupancy(limits, properties.maxConnections());
        var webSockets = new WebSockets(tracker, limits, rooms, random, properties.overloadLag());
        house = new Door.House(tracker, limits, occupancy, webSockets, verifier, properties, random);
        stage = new Door.House(rehearsal.tracker(), limits, occupancy, webSockets, verifier, properties, random);
    }

    @Override
    public void start() {
        var threads = new DefaultThreadFactory("tracker");
        loops = new MultiThreadIoEventLoopGroup(properties.eventLoops(), threads, transport.handlers());
        rehearse();
        try {
            open(Door.Kind.DIRECT, properties.addresses(), properties.port());
            open(Door.Kind.INTERNAL, properties.internalAddresses(), properties.internalPort());
            if (properties.udp()) {
                openDatagrams();
            }
            if (tls.port() != null) {
                certificate = TlsCertificate.load(tls, properties.eventLoops());
                open(Door.Kind.TLS, properties.addresses(), tls.port());
            }
        } catch (TrackerPortUnusable | TlsUnusable unusable) {
            stop();
            throw unusable;
        }
        LOG.info(
                "event=tracker_listening transport={} direct={} udp={} tls={} internal={}",
                transport,
                addressesOf(Door.Kind.DIRECT),
                properties.udp(),
                addressesOf(Door.Kind.TLS),
                addressesOf(Door.Kind.INTERNAL));
    }

    /** Through a door on loopback that nobody else knows. That it cannot be opened says nothing of the others. */
    private void rehearse() {
        if (!rehearsal.isWanted()) {
            return;
        }
        var stageDoor = bootstrap(new Door(Door.Kind.DIRECT, stage), null)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .awaitUninterruptibly();
        var address = Optional.ofNullable(stageDoor.channel().localAddress()).map(InetSocketAddress.class::cast);
        Rehearsal.Rehearsed rehearsed = rehearsal.play(address);
        stageDoor.channel().close().syncUninterruptibly();
        LOG.info("event=tracker_rehearsed announces={} connections={}", rehearsed.announces(), rehearsed.connections());
    }

    @Override
    public void stop() {
        open.values()
                .forEach(channels -> channels.forEach(channel -> channel.close().syncUninterruptibly()));
        open.clear();
        datagrams.forEach(channel -> channel.close().syncUninterruptibly());
        datagrams.clear();
        if (certificate != null) {
            certificate.close();
            certificate = null;
        }
        EventLoopGroup running = loops;
        loops = null;
        if (running != null) {
            running.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Override
    public boolean isRunning() {
        return loops != null;
    }

    /** Where a door can be reached. */
    List<InetSocketAddress> addressesOf(Door.Kind kind) {
        return open.getOrDefault(kind, List.of()).stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    /** What serves the connections, while running. */
    EventLoopGroup loops() {
        return Objects.requireNonNull(loops, "not running");
    }

    private void open(Door.Kind kind, List<String> addresses, int port) {
        ServerBootstrap bootstrap = bootstrap(new Door(kind, house), kind == Door.Kind.TLS ? certificate : null);
        List<Channel> channels = open.computeIfAbsent(kind, _ -> new ArrayList<>());
        for (InetAddress address : ListenAddresses.resolve(addresses)) {
            var future = bootstrap.bind(address, port).awaitUninterruptibly();
            if (!future.isSuccess()) {
                throw new TrackerPortUnusable(kind, address.getHostAddress(), port, future.cause());
            }
            channels.add(future.channel());
        }
    }

    private ServerBootstrap bootstrap(Door door, @Nullable TlsCertificate ofDoor) {
        return new ServerBootstrap()
                .group(loops)
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, properties.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new Entrance(door, ofDoor));
    }

    /** At the addresses and ports of the direct door. */
    private void openDatagrams() {
        for (InetSocketAddress address : addressesOf(Door.Kind.DIRECT)) {
            DatagramSockets.Opened opened =
                    sockets.open(loops(), address, properties.eventLoops(), transport == Transport.EPOLL);
            datagrams.addAll(opened.channels());
            opened.failure().ifPresent(cause -> {
                throw new TrackerPortUnusable(
                        Door.Kind.DIRECT, address.getAddress().getHostAddress(), address.getPort(), cause);
            });
        }
    }

    /** Gives a new connection its handler while there is room. */
    private static final class Entrance extends ChannelInitializer<Channel> {
        private final Door door;
        private final @Nullable TlsCertificate certificate;

        Entrance(Door door, @Nullable TlsCertificate certificate) {
            this.door = door;
            this.certificate = certificate;
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
}
