package io.pbts.announce.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Clients that send a byte of their request each second and come back whenever they are dropped; from eight addresses. */
final class SlowConnections implements AutoCloseable {
    private static final byte[] REQUEST =
            "GET /announce?info_hash=aaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final int ADDRESSES = 8;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final InetSocketAddress tracker;
    private final @Nullable SocketChannel[] channels;
    private final int[] sent;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean over;

    SlowConnections(InetSocketAddress tracker, int count) {
        this.tracker = tracker;
        channels = new SocketChannel[count];
        sent = new int[count];
        thread = Thread.ofPlatform().start(this::keepOn);
    }

    /** How many got a byte through in the last round. */
    int open() {
        return open.get();
    }

    /** How often one was dropped by the tracker. */
    long dropped() {
        return dropped.get();
    }

    private void keepOn() {
        while (!over) {
            long end = System.nanoTime() + ROUND.toNanos();
            int alive = 0;
            for (int i = 0; i < channels.length && !over; i++) {
                alive += sendsOne(i) ? 1 : 0;
            }
            open.set(alive);
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private boolean sendsOne(int i) {
        SocketChannel channel = channels[i];
        try {
            if (channel == null) {
                channels[i] = connecting(i);
                sent[i] = 0;
                return false;
            }
            if (!channel.finishConnect()) {
                return false;
            }
            if (channel.read(ByteBuffer.allocate(64)) < 0) {
                throw new IOException("dropped");
            }
            return channel.write(ByteBuffer.wrap(REQUEST, sent[i]++ % REQUEST.length, 1)) == 1;
        } catch (IOException gone) {
            dropped.incrementAndGet();
            close(channel);
            channels[i] = null;
            return false;
        }
    }

    private SocketChannel connecting(int i) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.50.0." + (1 + i % ADDRESSES)), 0));
        channel.configureBlocking(false);
        channel.connect(tracker);
        return channel;
    }

    private static void close(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            close(channel);
        }
    }
}
