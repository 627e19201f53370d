package io.pbts.announce.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.tracker.Tracker;
import io.pbts.announce.wire.tls.TlsCertificate;
import io.pbts.announce.wire.tls.TlsProperties;
import io.pbts.announce.wire.tls.TlsUnusable;
import io.pbts.announce.wire.udp.ConnectionIds;
import io.pbts.announce.wire.udp.DatagramSockets;
import io.pbts.support.access.ServiceTokenVerifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The tracker's sockets: opened last, when everything behind them is ready, and closed first. */
final class TrackerListeners implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TrackerListeners.class);

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
            EdgeLimits limits,
            ConnectionIds ids,
            Rooms rooms,
            ServiceTokenVerifier verifier,
            WireProperties properties,
            TlsProperties tls,
            SecureRandom random,
            Transport transport) {
        sockets = new DatagramSockets(tracker, limits, ids, random, properties.overloadLag());
        this.properties = properties;
        this.tls = tls;
        this.transport = transport;
        house = Door.House.of(tracker, limits, rooms, verifier, properties, random);
    }

    @Override
    public void start() {
        var threads = new DefaultThreadFactory("tracker");
        loops = new MultiThreadIoEventLoopGroup(properties.eventLoops(), threads, transport.handlers());
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
        TlsCertificate ofDoor = kind == Door.Kind.TLS ? certificate : null;
        ServerBootstrap bootstrap = Entrance.bootstrap(loops(), transport, new Door(kind, house), ofDoor);
        List<Channel> channels = open.computeIfAbsent(kind, _ -> new ArrayList<>());
        for (InetAddress address : ListenAddresses.resolve(addresses)) {
            var future = bootstrap.bind(address, port).awaitUninterruptibly();
            if (!future.isSuccess()) {
                throw new TrackerPortUnusable(kind, address.getHostAddress(), port, future.cause());
            }
            channels.add(future.channel());
        }
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
}
