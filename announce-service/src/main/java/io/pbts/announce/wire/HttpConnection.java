package io.pbts.announce.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.CodecException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.pbts.announce.limit.Occupancy.Place;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Swarms.Finding;
import io.pbts.announce.tracker.Continuation;
import io.pbts.announce.tracker.Outcome;
import io.pbts.announce.wire.Door.Desk;
import io.pbts.announce.wire.HttpAnswers.Connection;
import io.pbts.announce.wire.HttpAnswers.Refusal;
import io.pbts.announce.wire.gateway.GatewayToken;
import io.pbts.announce.wire.websocket.WebSockets;
import java.io.IOException;
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
    private final Place place;
    private final PeerAddress remote;
    private final long clientKey;
    private final @Nullable GatewayToken token;
    private final HeadScanner scanner = new HeadScanner();
    private @Nullable ByteBuf input;
    private @Nullable Deadline deadline;
    private @Nullable Continuation resume;
    private int waitingHead;
    private boolean closing;
    private boolean inputEnded;
    private boolean reading;
    private boolean lingering;
    private boolean replaced;
    private boolean paused;
    private boolean answersLie;
    private long lyingSince;

    HttpConnection(Door door, Place place, PeerAddress remote, long clientKey) {
        this.door = door;
        this.place = place;
        this.remote = remote;
        this.clientKey = clientKey;
        token = door.kind() == Door.Kind.INTERNAL ? door.newGatewayToken() : null;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        resume = finding -> resumeOn(context, finding);
        deadline = new Deadline(context, () -> timeIsUp(context));
        deadline.in(place == Place.SERVED ? door.properties().headerTimeout() : LINGER);
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
        watchAnswers(context);
    }

    /** Answers that the client does not take may lie for a while only. */
    private void watchAnswers(ChannelHandlerContext context) {
        if (!isUnsent(context)) {
            answersWereTaken();
        } else if (deadline != null) {
            long now = System.nanoTime();
            lyingSince = answersLie ? lyingSince : now;
            answersLie = true;
            deadline.atMost(door.properties().writeTimeout().toNanos() - (now - lyingSince), now);
        }
    }

    /** All of them, or half a buffer: a client that goes on taking answers is not slow, however many it asked for. */
    private void answersWereTaken() {
        if (answersLie && deadline != null) {
            answersLie = false;
            deadline.in(reading ? door.properties().headerTimeout().toNanos() : door.idleNanos(), System.nanoTime());
        }
    }

    private static boolean isUnsent(ChannelHandlerContext context) {
        ChannelOutboundBuffer answers = context.channel().unsafe().outboundBuffer();
        return answers != null && !answers.isEmpty();
    }

    private void timeIsUp(ChannelHandlerContext context) {
        if (answersLie && !closing && !isUnsent(context)) {
            answersWereTaken();
        } else {
            var _ = context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && waitingHead == 0 && !closing) {
            answersWereTaken();
            serveAll(context);
            context.flush();
            watchAnswers(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
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
        if (!(cause instanceof IOException) && !(cause instanceof CodecException)) { // the latter: no TLS
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
            serve(context, input, head, null, false);
        }
        if (replaced) {
            return;
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

    /** Serves the first request of the input; {@code again} when it has waited, and then with what was found for it. */
    private void serve(
            ChannelHandlerContext context, ByteBuf from, int length, @Nullable Finding finding, boolean again) {
        Desk desk = door.desk();
        RequestHead head = desk.head();
        from.getBytes(from.readerIndex(), desk.bytes(), 0, length);
        switch (head.read(desk.bytes(), length)) {
            case BAD -> refuse(context, Refusal.BAD_REQUEST);
            case NO_GET -> refuse(context, Refusal.NO_GET);
            case OTHER_VERSION -> refuse(context, Refusal.OTHER_VERSION);
            case FINE -> {
                long now = System.nanoTime();
                desk.load().serving(context.executor(), now);
                String stranger =
                        token == null ? null : token.refusal(desk.bytes(), head.tokenFrom(), head.tokenTo(), now);
                if (stranger != null) {
                    refuse(context, HttpAnswers.unauthorized(context.alloc(), stranger));
                } else if (!again && isTurnedAway(desk, now)) {
                    from.skipBytes(length);
                    answer(context, desk, now);
                } else if (head.webSocket().isComplete() && token == null) {
                    becomeWebSocket(context, from, length);
                } else {
                    begin(desk, head);
                    if (again) {
                        desk.exchange().resumed(finding);
                    }
                    serveFine(context, from, length, now);
                }
            }
        }
    }

    /** Before anything else is done for the request: whether it is not to be looked at, and if so, the answer that says so. */
    private boolean isTurnedAway(Desk desk, long now) {
        if (place == Place.TURNED_AWAY || desk.load().isOver(now)) {
            door.tracker().refuseBusy(desk.exchange());
            return true;
        }
        if (!door.admitsRequest(clientKey, now)) {
            door.tracker().refuseTooMany(desk.exchange());
            return true;
        }
        return false;
    }

    private void begin(Desk desk, RequestHead head) {
        PeerAddress client = token == null ? remote : head.client();
        desk.exchange().request(desk.bytes(), head.targetFrom(), head.targetTo(), client, resume);
    }

    private void serveFine(ChannelHandlerContext context, ByteBuf from, int length, long now) {
        Desk desk = door.desk();
        switch (door.tracker().serve(desk.exchange())) {
            case WAITING -> waitFor(length);
            case NOT_FOUND -> refuse(context, Refusal.NOT_FOUND);
            case ANSWERED -> {
                from.skipBytes(length);
                answer(context, desk, now);
            }
        }
    }

    /** Leaves the connection to what serves WebSockets, with whatever the client has sent already. */
    private void becomeWebSocket(ChannelHandlerContext context, ByteBuf from, int length) {
        byte[] bytes = door.desk().bytes();
        RequestHead head = door.desk().head();
        if (!WebSockets.isPlace(bytes, head.targetFrom(), head.targetTo())) {
            refuse(context, Refusal.NOT_FOUND);
            return;
        }
        closing = true;
        replaced = true;
        input = null;
        if (deadline != null) {
            deadline.cancel();
        }
        byte[] acceptance = WebSockets.acceptance(
                bytes, head.webSocket().keyFrom(), head.webSocket().keyTo());
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(acceptance), context.voidPromise());
        door.webSockets().serve(context.pipeline(), bytes, head.targetFrom(), head.targetTo(), remote);
        context.fireChannelRead(from.skipBytes(length));
        context.pipeline().remove(this);
    }

    private void waitFor(int head) {
        waitingHead = head;
        if (deadline != null) {
            deadline.in(door.properties().idleTimeout());
        }
    }

    private void answer(ChannelHandlerContext context, Desk desk, long now) {
        Connection connection = place == Place.SERVED ? connectionAfter(desk.head()) : Connection.CLOSES;
        ByteBuf out = HttpAnswers.ok(context.alloc(), desk.exchange().body(), connection);
        if (connection == Connection.CLOSES) {
            closeAfter(context, out);
            return;
        }
        var _ = context.write(out, context.voidPromise());
        if (deadline != null) {
            deadline.in(door.idleNanos(), now);
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
        door.desk().exchange().count(Outcome.MALFORMED);
        refuse(context, refusal.write(context.alloc()));
    }

    private void refuse(ChannelHandlerContext context, ByteBuf refusal) {
        closing = true;
        lingering = true;
        releaseInput();
        context.writeAndFlush(refusal).addListener(_ -> OutputEnd.send(context.channel()));
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
    private void resumeOn(ChannelHandlerContext context, @Nullable Finding finding) {
        try {
            context.executor().execute(() -> resume(context, finding));
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("event=resumed_after_shutdown");
        }
    }

    private void resume(ChannelHandlerContext context, @Nullable Finding finding) {
        int head = waitingHead;
        waitingHead = 0;
        if (closing || input == null) {
            return;
        }
        serve(context, input, head, finding, true);
        serveAll(context);
        context.flush();
        watchAnswers(context);
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
