package io.pbts.engine.peer;

import io.pbts.engine.Block;
import io.pbts.engine.Peer;
import io.pbts.engine.limit.RateMeter;
import io.pbts.engine.wire.ExtensionHandshake;
import io.pbts.engine.wire.Handshake;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageReader;
import io.pbts.engine.wire.ProtocolViolation;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.protocol.torrent.TorrentId;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A connection after the handshake: one thread reads and one writes, so that neither direction waits for the other. */
public final class PeerConnection implements Peer {

    /** How many requests a peer is told it may have waiting: {@code reqq}. */
    public static final int REQUEST_QUEUE = Outbox.MAX_REQUESTS / 2;

    private final long id;
    private final TorrentId torrent;
    private final SocketChannel channel;
    private final MessageReader reader;
    private final InetSocketAddress address;
    private final Handshake handshake;
    private final PeerHandler handler;
    private final Outbox outbox = new Outbox();
    private final PeerWriter writer;
    private final RateMeter sent = new RateMeter();
    private final AtomicReference<@Nullable String> closedBecause = new AtomicReference<>();
    private volatile @Nullable ExtensionHandshake extensions;
    private volatile long heardAt = System.nanoTime();

    /**
     * Takes over an open channel.
     *
     * @param reader has read the handshake from the channel and nothing else
     */
    public PeerConnection(
            long id,
            TorrentId torrent,
            SocketChannel channel,
            MessageReader reader,
            InetSocketAddress address,
            Handshake handshake,
            PeerHandler handler,
            BlockServer server) {
        this.id = id;
        this.torrent = torrent;
        this.channel = channel;
        this.reader = reader;
        this.address = address;
        this.handshake = handshake;
        this.handler = handler;
        this.writer = new PeerWriter(this, channel, outbox, server);
    }

    /** Reads until the connection ends; the writer runs beside. */
    public void run() {
        Thread.ofVirtual().name("pbts-peer-" + id + "-write").start(writer::run);
        try {
            handler.opened(this);
            while (true) {
                Message message = reader.next();
                dispatch(message);
                heardAt = System.nanoTime();
            }
        } catch (EOFException e) {
            close("the peer closed the connection");
        } catch (IOException | RuntimeException e) {
            close(reason(e));
        } finally {
            handler.closed(this, closeReason());
        }
    }

    /** What went wrong, for people. */
    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private void dispatch(Message message) throws IOException {
        switch (message) {
            case Message.PieceHeader(Block block) -> handler.block(this, block, reader);
            case Message.Extended(int number, Bytes payload)
            when number == 0 -> {
                requireExtended();
                Optional<ExtensionHandshake> read = ExtensionHandshake.decode(payload);
                if (read.isPresent()) {
                    extensions = read.get();
                    handler.extensionsKnown(this);
                }
            }
            case Message.Extended extended -> {
                requireExtended();
                handler.message(this, extended);
            }
            default -> handler.message(this, message);
        }
    }

    private void requireExtended() throws ProtocolViolation {
        if (!handshake.extended()) {
            throw new ProtocolViolation("an extension message without the bit of BEP 10");
        }
    }

    /** Queues messages. A peer that lets too many pile up is dropped. */
    public void say(List<? extends Message> messages) {
        if (!outbox.add(messages)) {
            close("the peer does not read");
        }
    }

    public void say(Message message) {
        say(List.of(message));
    }

    /** Queues a block to be sent. */
    public void serve(Block block) throws ProtocolViolation {
        switch (outbox.request(block)) {
            case ACCEPTED -> {}
            case REFUSED -> {
                if (handshake.fast()) {
                    say(new Message.Reject(block));
                }
            }
            case FLOOD -> throw new ProtocolViolation("more than " + Outbox.MAX_REQUESTS + " requests");
        }
    }

    /** The peer does not want the block any more. */
    public void cancel(Block block) {
        if (outbox.cancel(block) && handshake.fast()) {
            say(new Message.Reject(block));
        }
    }

    public void choke() {
        outbox.choke(handshake.fast());
    }

    public void unchoke() {
        outbox.unchoke();
    }

    public boolean isChoking() {
        return outbox.isChoking();
    }

    /** Whether the peer knows the messages of BEP 6. */
    public boolean isFast() {
        return handshake.fast();
    }

    public boolean isExtended() {
        return handshake.extended();
    }

    public Optional<ExtensionHandshake> extensions() {
        return Optional.ofNullable(extensions);
    }

    /** Bytes of blocks sent to it. */
    public RateMeter sent() {
        return sent;
    }

    /** {@link System#nanoTime} of its last message. */
    public long heardAt() {
        return heardAt;
    }

    /** How long the operating system has not taken a byte for this peer though there are some; 0 when it does. */
    public long stuckNanos() {
        return writer.stuckNanos();
    }

    /**
     * Sends the messages that wait, then nothing any more; what the peer sends is read until it hangs up. Closing with
     * something unread would reset the connection, and what was sent last might never arrive.
     */
    public void finish() {
        outbox.finish();
    }

    /** Ends the connection; only the first reason counts. */
    public void close(String reason) {
        closedBecause.compareAndSet(null, reason);
        outbox.close();
        try {
            channel.close();
        } catch (IOException e) {
            closedBecause.compareAndSet(reason, reason + "; " + reason(e));
        }
    }

    private String closeReason() {
        String reason = closedBecause.get();
        return reason == null ? "closed" : reason;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public TorrentId torrent() {
        return torrent;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public PeerId peerId() {
        return handshake.peerId();
    }

    @Override
    public boolean speaks(String extension) {
        return extensions().filter(known -> known.ids().containsKey(extension)).isPresent();
    }

    @Override
    public Optional<BDictionary> extensionHandshake() {
        return extensions().map(ExtensionHandshake::entries);
    }

    @Override
    public boolean send(String extension, Bytes payload) {
        if (payload.size() > MessageReader.MAX_EXTENDED) {
            throw new IllegalArgumentException("an extension message of " + payload.size() + " bytes");
        }
        Integer number = extensions().map(known -> known.ids().get(extension)).orElse(null);
        if (number == null || closedBecause.get() != null) {
            return false;
        }
        say(new Message.Extended(number, payload));
        return true;
    }

    @Override
    public void reconsider() {
        outbox.resume();
        handler.reconsidered(this);
    }

    @Override
    public void disconnect(String reason) {
        close(reason);
    }

    @Override
    public String toString() {
        return "Peer[" + id + ", " + address + "]";
    }
}
