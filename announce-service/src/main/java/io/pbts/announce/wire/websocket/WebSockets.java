package io.pbts.announce.wire.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.timeout.IdleStateHandler;
import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.limit.LoopLoad;
import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.signalling.SignalReader;
import io.pbts.announce.signalling.SignalWriter;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.tracker.Tracker;
import io.pbts.announce.tracker.text.Target;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;

/** Turns connections that ask for it into WebSockets. */
public final class WebSockets {
    private static final String ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    /** RFC 6455 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int SILENT_SECONDS = 90;
    private static final int PING_SECONDS = 40;

    private final Tracker tracker;
    private final EdgeLimits limits;
    private final Rooms rooms;
    private final SecureRandom random;
    private final Duration overloadLag;
    private final SignalReader reader = new SignalReader();
    private final SignalWriter writer = new SignalWriter();

    /** @param overloadLag how late an event loop may be before it turns messages away */
    public WebSockets(Tracker tracker, EdgeLimits limits, Rooms rooms, SecureRandom random, Duration overloadLag) {
        this.tracker = tracker;
        this.limits = limits;
        this.rooms = rooms;
        this.random = random;
        this.overloadLag = overloadLag;
    }

    /** Whether a WebSocket may be opened here: at an announce URL, or at {@code /}, where many clients look for a tracker. */
    public static boolean isPlace(byte[] bytes, int from, int to) {
        var target = new Target();
        target.read(bytes, from, to);
        boolean root = to > from && bytes[from] == '/' && (to == from + 1 || bytes[from + 1] == '?');
        return root || target.kind() == Target.Kind.ANNOUNCE;
    }

    /** What is answered to a handshake with this key (RFC 6455 4.2.2). */
    public static byte[] acceptance(byte[] bytes, int keyFrom, int keyTo) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(bytes, keyFrom, keyTo - keyFrom);
            byte[] digest = sha1.digest(GUID.getBytes(US_ASCII));
            return (ACCEPTED + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n").getBytes(US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Puts what serves a WebSocket at the end of the pipeline; path and query lie between the two offsets. */
    public void serve(ChannelPipeline pipeline, byte[] bytes, int from, int to, PeerAddress client) {
        byte[] url = Arrays.copyOfRange(bytes, from, to);
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(SignalReader.MAX_MESSAGE)
                .allowExtensions(false)
                .build();
        var connection = new SignallingConnection(
                tracker,
                limits,
                limits.clientAt(client),
                new LoopLoad(overloadLag),
                reader,
                writer,
                outlet -> tracker.newSocketExchange(
                        new SplittableRandom(random.nextLong()),
                        limits,
                        url,
                        client,
                        rooms.newMembership(outlet, writer)));
        pipeline.addLast(
                new WebSocket13FrameDecoder(config),
                new WebSocket13FrameEncoder(false),
                new WebSocketFrameAggregator(SignalReader.MAX_MESSAGE),
                new Utf8FrameValidator(),
                new IdleStateHandler(SILENT_SECONDS, PING_SECONDS, 0),
                connection);
    }
}
