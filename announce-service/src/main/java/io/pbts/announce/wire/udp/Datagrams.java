package io.pbts.announce.wire.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.limit.LoopLoad;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Swarms.Finding;
import io.pbts.announce.tracker.Continuation;
import io.pbts.announce.tracker.DatagramExchange;
import io.pbts.announce.tracker.Outcome;
import io.pbts.announce.tracker.Served;
import io.pbts.announce.tracker.Tracker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket's packets (BEP 15). Whoever has not yet shown a good connection id gets at most as many bytes as it sent, and
 * costs nobody anything: its address may be forged, so nothing is counted against it. What is no packet of the protocol gets
 * no answer.
 */
final class Datagrams extends ChannelInboundHandlerAdapter implements DatagramExchange.Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Datagrams.class);

    private static final long PROTOCOL = 0x41727101980L;
    private static final int CONNECT = 0;
    private static final int ERROR = 3;
    private static final int HEAD = 16;
    private static final int SMALLEST_SCRAPE = 36;
    private static final byte[] MISMATCH = {
        'C', 'o', 'n', 'n', 'e', 'c', 't', 'i', 'o', 'n', ' ', 'I', 'D', ' ', 'm', 'i', 's', 'm', 'a', 't', 'c', 'h'
    };

    private final Tracker tracker;
    private final EdgeLimits limits;
    private final ConnectionIds ids;
    private final DatagramExchange exchange;
    private final ByteBuffer packet;
    private final LoopLoad load;
    private @Nullable ChannelHandlerContext socket;
    private @Nullable InetSocketAddress sender;
    private int length;

    Datagrams(Tracker tracker, EdgeLimits limits, ConnectionIds ids, DatagramExchange exchange, LoopLoad load) {
        this.tracker = tracker;
        this.limits = limits;
        this.ids = ids;
        this.exchange = exchange;
        this.load = load;
        packet = ByteBuffer.wrap(exchange.packet());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        socket = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var arrived = (DatagramPacket) message;
        try {
            ByteBuf content = arrived.content();
            int size = content.readableBytes();
            if (size >= HEAD && size <= packet.capacity() && arrived.sender().getPort() != 0) {
                content.readBytes(packet.array(), 0, size);
                serve(context, size, arrived.sender());
            }
        } finally {
            arrived.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /** Such as an earlier answer that could not be delivered: no reason to close a socket that serves everybody. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("event=packet_failed", cause);
        }
    }

    private void serve(ChannelHandlerContext context, int size, InetSocketAddress from) {
        PeerAddress client = PeerAddress.of(from.getAddress());
        long now = System.nanoTime();
        load.serving(context.executor(), now);
        if (packet.getInt(8) == CONNECT) {
            if (packet.getLong(0) == PROTOCOL) {
                connect(context, from, client);
            }
        } else if (size < SMALLEST_SCRAPE) {
            exchange.count(Outcome.MALFORMED);
        } else if (!ids.isGood(packet.getLong(0), client)) {
            exchange.count(Outcome.WRONG_CONNECTION);
            mismatch(context, from);
        } else {
            serveKnown(context, size, from, client, now);
        }
    }

    private void connect(ChannelHandlerContext context, InetSocketAddress from, PeerAddress client) {
        ByteBuf out = context.alloc().ioBuffer(HEAD, HEAD);
        out.writeInt(CONNECT).writeInt(packet.getInt(12)).writeLong(ids.issue(client));
        write(context, out, from);
    }

    private void mismatch(ChannelHandlerContext context, InetSocketAddress from) {
        ByteBuf out = context.alloc().ioBuffer(8 + MISMATCH.length);
        write(context, out.writeInt(ERROR).writeInt(packet.getInt(12)).writeBytes(MISMATCH), from);
    }

    private void serveKnown(
            ChannelHandlerContext context, int size, InetSocketAddress from, PeerAddress client, long now) {
        sender = from;
        length = size;
        exchange.request(size, client, this);
        if (load.isOver(now)) {
            tracker.refuseBusy(exchange);
        } else if (!limits.admitsRequest(limits.clientAt(client), now)) {
            tracker.refuseTooMany(exchange);
        } else if (!isServed()) {
            return;
        }
        answer(context, from);
    }

    private boolean isServed() {
        Served served = tracker.serve(exchange);
        if (served == Served.NOT_FOUND) {
            exchange.count(Outcome.MALFORMED);
        }
        return served == Served.ANSWERED;
    }

    /** Copies the packet that is being served; it is served once more when what had to be asked for is known. */
    @Override
    public Continuation keep() {
        ChannelHandlerContext context = Objects.requireNonNull(socket, "handler was added");
        InetSocketAddress from = Objects.requireNonNull(sender, "a packet is being served");
        byte[] kept = Arrays.copyOf(packet.array(), length);
        return finding -> {
            try {
                context.executor().execute(() -> serveAgain(context, from, kept, finding));
            } catch (RejectedExecutionException shutDown) {
                LOG.debug("event=resumed_after_shutdown");
            }
        };
    }

    private void serveAgain(
            ChannelHandlerContext context, InetSocketAddress from, byte[] kept, @Nullable Finding finding) {
        packet.put(0, kept);
        sender = from;
        length = kept.length;
        exchange.request(length, PeerAddress.of(from.getAddress()), this);
        exchange.resumed(finding);
        if (tracker.serve(exchange) == Served.ANSWERED) {
            answer(context, from);
            context.flush();
        }
    }

    private void answer(ChannelHandlerContext context, InetSocketAddress to) {
        int size = exchange.answerLength();
        write(context, context.alloc().ioBuffer(size).writeBytes(exchange.answer(), 0, size), to);
    }

    private static void write(ChannelHandlerContext context, ByteBuf out, InetSocketAddress recipient) {
        var _ = context.write(new DatagramPacket(out, recipient), context.voidPromise());
    }
}
