package io.pbts.announce.wire;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pbts.announce.tracker.Rehearsal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Where announces are rehearsed, through a door on loopback that nobody else knows. Before anything listens, and as soon as all
 * is put together: so a start that trains the start-up cache (JEP 483, 515) and goes no further has seen announces, too.
 */
final class Stage implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final int LOOPS = 1;

    private final Rehearsal rehearsal;
    private final Door door;
    private final Transport transport;

    /** @param house whose tracker is the rehearsal's */
    Stage(Rehearsal rehearsal, Door.House house, Transport transport) {
        this.rehearsal = rehearsal;
        this.door = new Door(Door.Kind.DIRECT, house);
        this.transport = transport;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!rehearsal.isWanted()) {
            return;
        }
        var threads = new DefaultThreadFactory("rehearsal");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, threads, transport.handlers());
        // That it cannot be opened says nothing of the tracker's own doors: announces are rehearsed without.
        var open = Entrance.bootstrap(loops, transport, door, null)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .awaitUninterruptibly();
        var address = Optional.ofNullable(open.channel().localAddress()).map(InetSocketAddress.class::cast);
        Rehearsal.Rehearsed rehearsed = rehearsal.play(address);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        LOG.info("event=tracker_rehearsed announces={} connections={}", rehearsed.announces(), rehearsed.connections());
    }
}
