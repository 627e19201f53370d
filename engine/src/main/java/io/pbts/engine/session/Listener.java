package io.pbts.engine.session;

import io.pbts.engine.torrent.Shared;
import io.pbts.engine.torrent.Torrent;
import io.pbts.engine.wire.Handshake;
import io.pbts.engine.wire.ProtocolViolation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;

/** Takes the calls of peers: a thread each, which ends when it does not know a torrent of ours within some seconds. */
final class Listener implements AutoCloseable {

    private static final int HANDSHAKE_SECONDS = 10;
    private static final int BACKLOG = 256;

    private final ServerSocketChannel server;
    private final InetSocketAddress address;

    private Listener(ServerSocketChannel server) throws IOException {
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalAddress();
    }

    static Listener bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(address, BACKLOG);
            return new Listener(server);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
        }
    }

    InetSocketAddress address() {
        return address;
    }

    void start(Shared shared, Function<Bytes, Optional<Torrent>> torrents) {
        Thread.ofVirtual().name("pbts-listen").start(() -> accept(shared, torrents));
    }

    private void accept(Shared shared, Function<Bytes, Optional<Torrent>> torrents) {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                if (shared.connections().tryAcquire()) {
                    Thread.ofVirtual().name("pbts-guest").start(() -> receive(channel, shared, torrents));
                } else {
                    channel.close();
                }
            } catch (IOException e) {
                pause();
            }
        }
    }

    /** Out of file descriptors, for instance: it may be better soon. */
    private void pause() {
        if (server.isOpen()) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void receive(SocketChannel channel, Shared shared, Function<Bytes, Optional<Torrent>> torrents) {
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Future<?> deadline = shared.timer().schedule(() -> abandon(channel), HANDSHAKE_SECONDS, TimeUnit.SECONDS);
            Handshake theirs;
            Torrent torrent;
            try {
                theirs = Handshake.read(channel);
                torrent = torrents.apply(theirs.infoHash())
                        .orElseThrow(() -> new ProtocolViolation("not a torrent of ours"));
                if (theirs.peerId().equals(shared.self())) {
                    throw new ProtocolViolation("that is us");
                }
                Handshake.ours(theirs.infoHash(), shared.self()).write(channel);
            } finally {
                deadline.cancel(false);
            }
            torrent.welcome(channel, (InetSocketAddress) channel.getRemoteAddress(), theirs);
        } catch (IOException e) {
            // Strangers come and go; what is worth knowing about peers is told when they are peers.
            abandon(channel);
        } finally {
            shared.connections().release();
        }
    }

    private static void abandon(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
