package io.pbts.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A link of so many bytes a second that takes its time, for one connection: what is sent into one end comes out of the other
 * so much later, in each direction. What is on its way is bounded, so whoever sends faster has to wait.
 */
final class SlowLink implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final ServerSocketChannel near;
    private final long bytesPerSecond;
    private final long delayNanos;

    private record Chunk(ByteBuffer bytes, long due) {}

    private SlowLink(ServerSocketChannel near, long bytesPerSecond, Duration delay) {
        this.near = near;
        this.bytesPerSecond = bytesPerSecond;
        this.delayNanos = delay.toNanos();
    }

    /** Leads to the address; the delay is one way. */
    static SlowLink to(InetSocketAddress far, long bytesPerSecond, Duration delay) throws IOException {
        var near = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var link = new SlowLink(near, bytesPerSecond, delay);
        Thread.ofPlatform().daemon().name("slow-link").start(() -> link.join(far));
        return link;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) near.getLocalAddress();
    }

    private void join(InetSocketAddress far) {
        try (SocketChannel one = near.accept();
                SocketChannel other = SocketChannel.open(far)) {
            Thread there = lead(one, other);
            Thread back = lead(other, one);
            there.join();
            back.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread lead(SocketChannel from, SocketChannel to) throws IOException {
        to.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        // What the link holds, and a tenth of a second more.
        long held = bytesPerSecond / 10 + bytesPerSecond * delayNanos / 1_000_000_000;
        BlockingQueue<Chunk> onTheirWay = new ArrayBlockingQueue<>(Math.toIntExact(held / CHUNK + 1));
        Thread.ofPlatform().daemon().name("slow-link-in").start(() -> take(from, onTheirWay));
        return Thread.ofPlatform().daemon().name("slow-link-out").start(() -> deliver(onTheirWay, to));
    }

    private void take(SocketChannel from, BlockingQueue<Chunk> onTheirWay) {
        long free = System.nanoTime();
        try {
            while (true) {
                ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
                boolean ended = from.read(bytes) < 0;
                free = Math.max(free, System.nanoTime()) + bytes.position() * 1_000_000_000L / bytesPerSecond;
                onTheirWay.put(new Chunk(bytes.flip(), free + delayNanos));
                if (ended) {
                    return;
                }
            }
        } catch (IOException e) {
            onTheirWay.clear();
            onTheirWay.add(new Chunk(ByteBuffer.allocate(0), free));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until an empty chunk, which is the end. */
    private static void deliver(BlockingQueue<Chunk> onTheirWay, SocketChannel to) {
        try (to) {
            for (Chunk next = onTheirWay.take(); next.bytes().hasRemaining(); next = onTheirWay.take()) {
                TimeUnit.NANOSECONDS.sleep(next.due() - System.nanoTime());
                while (next.bytes().hasRemaining()) {
                    to.write(next.bytes());
                }
            }
        } catch (IOException e) {
            // The other end has gone; the one that sends finds out by itself.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
    }
}
