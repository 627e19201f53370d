package io.pbts.engine.torrent;

import io.pbts.engine.wire.Handshake;
import io.pbts.engine.wire.ProtocolViolation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tuweni.bytes.Bytes;

/** Calls peers: a thread for each call, some at a time. */
final class Dialer {

    static final int HANDSHAKE_SECONDS = 10;

    private static final int MAX_CALLS = 16;
    private static final int CONNECT_MILLIS = 10_000;

    /** What becomes of an answered call; returns when the connection has ended. */
    interface Answered {
        void connected(SocketChannel channel, InetSocketAddress address, Handshake theirs);
    }

    private final Shared shared;
    private final Bytes infoHash;
    private final Candidates candidates;
    private final Answered answered;
    private final AtomicInteger calls = new AtomicInteger();

    Dialer(Shared shared, Bytes infoHash, Candidates candidates, Answered answered) {
        this.shared = shared;
        this.infoHash = infoHash;
        this.candidates = candidates;
        this.answered = answered;
    }

    /** Calls as many as there is room for. */
    void callUpTo(int room) {
        for (int i = 0; i < room && calls.get() < MAX_CALLS; i++) {
            Optional<InetSocketAddress> next = candidates.next(System.nanoTime());
            if (next.isEmpty()) {
                return;
            }
            if (!shared.connections().tryAcquire()) {
                candidates.ended(next.get(), System.nanoTime());
                return;
            }
            calls.incrementAndGet();
            Thread.ofVirtual().name("pbts-call").start(() -> call(next.get()));
        }
    }

    private void call(InetSocketAddress address) {
        try (SocketChannel channel = SocketChannel.open()) {
            Handshake theirs;
            try {
                theirs = greet(channel, address);
            } catch (IOException | RuntimeException e) {
                candidates.failed(address, System.nanoTime());
                return;
            } finally {
                calls.decrementAndGet();
            }
            answered.connected(channel, address, theirs);
            candidates.ended(address, System.nanoTime());
        } catch (IOException e) {
            candidates.failed(address, System.nanoTime());
        } finally {
            shared.connections().release();
        }
    }

    private Handshake greet(SocketChannel channel, InetSocketAddress address) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().connect(address, CONNECT_MILLIS);
        Future<?> deadline = shared.timer().schedule(() -> abandon(channel), HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        try {
            Handshake.ours(infoHash, shared.self()).write(channel);
            Handshake theirs = Handshake.read(channel);
            if (!theirs.infoHash().equals(infoHash)) {
                throw new ProtocolViolation("another torrent");
            }
            if (theirs.peerId().equals(shared.self())) {
                candidates.ban(address);
                throw new ProtocolViolation("that is us");
            }
            return theirs;
        } finally {
            deadline.cancel(false);
        }
    }

    private static void abandon(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
