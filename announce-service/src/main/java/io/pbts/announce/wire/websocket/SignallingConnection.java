package io.pbts.announce.wire.websocket;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.limit.LoopLoad;
import io.pbts.announce.signalling.MalformedSignal;
import io.pbts.announce.signalling.Outlet;
import io.pbts.announce.signalling.Signal;
import io.pbts.announce.signalling.SignalReader;
import io.pbts.announce.signalling.SignalWriter;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Swarms.Finding;
import io.pbts.announce.tracker.Outcome;
import io.pbts.announce.tracker.Served;
import io.pbts.announce.tracker.SocketExchange;
import io.pbts.announce.tracker.Tracker;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebTorrent client. Its messages are served one after the other; while one waits, or the client does not take what it is
 * sent, nothing more is read from it.
 */
final class SignallingConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SignallingConnection.class);

    private final Tracker tracker;
    private final EdgeLimits limits;
    private final long clientKey;
    private final LoopLoad load;
    private final SignalReader reader;
    private final SignalWriter writer;
    private final Function<Outlet, SocketExchange> exchanges;
    private final Deque<String> arrived = new ArrayDeque<>();
    private @Nullable SocketExchange exchange;
    private @Nullable Signal waiting;

    SignallingConnection(
            Tracker tracker,
            EdgeLimits limits,
            long clientKey,
            LoopLoad load,
            SignalReader reader,
            SignalWriter writer,
            Function<Outlet, SocketExchange> exchanges) {
        this.tracker = tracker;
        this.limits = limits;
        this.clientKey = clientKey;
        this.load = load;
        this.reader = reader;
        this.writer = writer;
        this.exchanges = exchanges;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        exchange = exchanges.apply(json -> passOn(context, json));
    }

    /** From any thread. A client that leaves its messages lying misses some: whoever it concerns will make another offer. */
    private static void passOn(ChannelHandlerContext context, String json) {
        if (context.channel().isWritable()) {
            var _ = context.writeAndFlush(new TextWebSocketFrame(json));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        arrived.clear();
        exchange().membership().end();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            switch (message) {
                case TextWebSocketFrame text -> arrived.add(text.text());
                case PingWebSocketFrame ping -> {
                    var _ = context.write(new PongWebSocketFrame(ping.content().retain()));
                }
                case CloseWebSocketFrame _ -> close(context, WebSocketCloseStatus.NORMAL_CLOSURE);
                case BinaryWebSocketFrame _ -> close(context, WebSocketCloseStatus.INVALID_MESSAGE_TYPE);
                default -> LOG.trace("event=frame_ignored");
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        serveAll(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        serveAll(context);
        context.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                var _ = context.close();
            } else {
                var _ = context.writeAndFlush(new PingWebSocketFrame());
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException) && !(cause instanceof CodecException)) {
            LOG.error("event=websocket_failed", cause);
        }
        var _ = context.close();
    }

    private static void close(ChannelHandlerContext context, WebSocketCloseStatus status) {
        context.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
    }

    private void serveAll(ChannelHandlerContext context) {
        while (waiting == null && context.channel().isWritable() && !arrived.isEmpty()) {
            read(context, arrived.remove());
        }
        context.channel()
                .config()
                .setAutoRead(waiting == null && context.channel().isWritable());
    }

    private void read(ChannelHandlerContext context, String json) {
        long now = System.nanoTime();
        load.serving(context.executor(), now);
        if (isTurnedAway(now)) {
            reply(context);
            return;
        }
        try {
            Signal signal = reader.read(json);
            if (signal instanceof Signal.Answer answer) {
                passOn(answer);
            } else {
                exchange().request(signal, finding -> resumeOn(context, finding));
                serve(context, signal);
            }
        } catch (MalformedSignal wrong) {
            exchange().count(Outcome.MALFORMED);
            var _ = context.write(new TextWebSocketFrame(writer.failure(null, reason(wrong), 0)));
        }
    }

    /** Before the message is looked at; if so, the answer says it. */
    private boolean isTurnedAway(long now) {
        exchange().unread();
        if (load.isOver(now)) {
            tracker.refuseBusy(exchange());
            return true;
        }
        if (!limits.admitsRequest(clientKey, now)) {
            tracker.refuseTooMany(exchange());
            return true;
        }
        return false;
    }

    private static String reason(MalformedSignal wrong) {
        return Objects.requireNonNullElse(wrong.getMessage(), "Not a message");
    }

    private void passOn(Signal.Answer answer) {
        Signal.bytes(answer.infoHash(), SwarmKey.SIZE).ifPresent(hash -> {
            var swarm = new SwarmKey();
            swarm.read(hash, 0);
            exchange().membership().answer(answer, swarm);
        });
    }

    private void serve(ChannelHandlerContext context, Signal signal) {
        if (tracker.serve(exchange()) == Served.WAITING) {
            waiting = signal;
            return;
        }
        reply(context);
        if (signal instanceof Signal.Announce announce && exchange().wasServed()) {
            exchange().membership().passOn(announce.infoHash(), exchange().swarm(), announce.offers());
        }
    }

    private void reply(ChannelHandlerContext context) {
        exchange().answer().ifPresent(json -> {
            var _ = context.write(new TextWebSocketFrame(json));
        });
    }

    private void resumeOn(ChannelHandlerContext context, @Nullable Finding finding) {
        try {
            context.executor().execute(() -> resume(context, finding));
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("event=resumed_after_shutdown");
        }
    }

    private void resume(ChannelHandlerContext context, @Nullable Finding finding) {
        Signal signal = waiting;
        waiting = null;
        if (signal != null && context.channel().isActive()) {
            exchange().request(signal, null);
            exchange().resumed(finding);
            serve(context, signal);
            serveAll(context);
            context.flush();
        }
    }

    private SocketExchange exchange() {
        return Objects.requireNonNull(exchange, "handler was added");
    }
}
