package io.pbts.announce.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.tracker.Exchange;
import io.pbts.announce.wire.Door.Desk;
import io.pbts.announce.wire.HttpAnswers.Connection;
import io.pbts.announce.wire.HttpAnswers.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: requests one after the other, as many as arrive at once. While a request waits, or the client does
 * not read its answers, nothing more is read from it, so what a connection holds is bounded by one read and one head.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Door door;
    private final HeadScanner scanner = new HeadScanner();
    private @Nullable ByteBuf input;
    private @Nullable PeerAddress remote;
    private @Nullable Deadline deadline;
    private @Nullable Runnable resume;
    private int waitingHead;
    private boolean closing;
    private boolean inputEnded;
    private boolean reading;
    private boolean lingering;
    private boolean paused;

    HttpConnection(Door door) {
        this.door = door;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.channel().remoteAddress() instanceof InetSocketAddress address) {
            remote = PeerAddress.of(address.getAddress());
        }
        resume = () -> resumeOn(context);
        deadline = new Deadline(context);
        deadline.in(door.properties().headerTimeout());
        reading = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        if (deadline != null) {
            deadline.cancel();
        }
        releaseInput();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf arrived = (ByteBuf) message;
        if (closing) {
            arrived.release();
            return;
        }
        if (input == null) {
            input = arrived;
        } else {
            input.discardSomeReadBytes();
            input.writeBytes(arrived);
            arrived.release();
        }
        serveAll(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && waitingHead == 0 && !closing) {
            serveAll(context);
            context.flush();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (lingering) {
                var _ = context.close();
            } else {
                closeWhenDone(context);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("event=connection_failed", cause);
        }
        var _ = context.close();
    }

    /** Serves every request that has arrived, as long as the client takes the answers. */
    private void serveAll(ChannelHandlerContext context) {
        while (input != null
                && waitingHead == 0
                && !closing
                && context.channel().isWritable()) {
            int head = scanner.find(input);
            if (head <= 0) {
                headEnds(context, head);
                break;
            }
            serve(context, input, head, resume);
        }
        readIf(lingering || (waitingHead == 0 && !closing && context.channel().isWritable()), context);
        if (inputEnded) {
            closeWhenDone(context);
        }
    }

    private void headEnds(ChannelHandlerContext context, int result) {
        if (result == HeadScanner.LINE_TOO_LONG) {
            refuse(context, Refusal.LINE_TOO_LONG);
        } else if (result == HeadScanner.FIELDS_TOO_LONG) {
            refuse(context, Refusal.FIELDS_TOO_LONG);
        } else if (input != null && input.isReadable()) {
            if (!reading && deadline != null) {
                deadline.in(door.properties().headerTimeout());
                reading = true;
            }
        } else {
            releaseInput();
        }
    }

    private void serve(ChannelHandlerContext context, ByteBuf from, int length, @Nullable Runnable whenKnown) {
        Desk desk = door.desk();
        RequestHead head = desk.head();
        from.getBytes(from.readerIndex(), desk.bytes(), 0, length);
        switch (head.read(desk.bytes(), length)) {
            case BAD -> refuse(context, Refusal.BAD_REQUEST);
            case NO_GET -> refuse(context, Refusal.NO_GET);
            case OTHER_VERSION -> refuse(context, Refusal.OTHER_VERSION);
            case FINE -> {
                Exchange exchange = desk.exchange();
                PeerAddress client = door.kind() == Door.Kind.INTERNAL ? head.client() : remote;
                exchange.request(desk.bytes(), head.targetFrom(), head.targetTo(), client, whenKnown);
                switch (door.tracker().serve(exchange)) {
                    case WAITING -> waitFor(length);
                    case NOT_FOUND -> refuse(context, Refusal.NOT_FOUND);
                    case ANSWERED -> {
                        from.skipBytes(length);
                        answer(context, exchange, head);
                    }
                }
            }
        }
    }

    private void waitFor(int head) {
        waitingHead = head;
        if (deadline != null) {
            deadline.in(door.properties().idleTimeout());
        }
    }

    private void answer(ChannelHandlerContext context, Exchange exchange, RequestHead head) {
        Connection connection = connectionAfter(head);
        ByteBuf out = HttpAnswers.ok(context.alloc(), exchange.body(), connection);
        if (connection == Connection.CLOSES) {
            closeAfter(context, out);
            return;
        }
        var _ = context.write(out, context.voidPromise());
        if (deadline != null) {
            deadline.in(door.properties().idleTimeout());
        }
        reading = false;
    }

    private static Connection connectionAfter(RequestHead head) {
        if (!head.keepAlive()) {
            return Connection.CLOSES;
        }
        return head.http10() ? Connection.STAYS_AS_ASKED : Connection.STAYS;
    }

    /** Closes in two steps: what the client is still sending must not make its system throw our answer away (RFC 9112 9.6). */
    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        closing = true;
        lingering = true;
        releaseInput();
        context.writeAndFlush(refusal.write(context.alloc())).addListener(_ -> {
            if (context.channel() instanceof DuplexChannel channel) {
                var _ = channel.shutdownOutput();
            }
        });
        if (deadline != null) {
            deadline.in(LINGER);
        }
        readIf(true, context);
    }

    private void closeAfter(ChannelHandlerContext context, ByteBuf last) {
        closing = true;
        releaseInput();
        context.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    }

    private void closeWhenDone(ChannelHandlerContext context) {
        if (waitingHead == 0 && !closing && context.channel().isWritable()) {
            closeAfter(context, Unpooled.EMPTY_BUFFER);
        }
    }

    /** On whatever thread: what the first request in line waited for is known. */
    private void resumeOn(ChannelHandlerContext context) {
        try {
            context.executor().execute(() -> resume(context));
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("event=resumed_after_shutdown");
        }
    }

    private void resume(ChannelHandlerContext context) {
        int head = waitingHead;
        waitingHead = 0;
        if (closing || input == null) {
            return;
        }
        serve(context, input, head, null);
        serveAll(context);
        context.flush();
    }

    /** A client that has ended its output has nothing to be read, and epoll no longer watches for it. */
    private void readIf(boolean mayRead, ChannelHandlerContext context) {
        if (mayRead == paused && !inputEnded) {
            paused = !mayRead;
            context.channel().config().setAutoRead(mayRead);
        }
    }

    private void releaseInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }
}
