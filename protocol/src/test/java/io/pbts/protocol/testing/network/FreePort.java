package io.pbts.protocol.testing.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback for programs that are told theirs. The port that {@code new ServerSocket(0)} gives lies in Linux's ephemeral
 * range, so that anybody's outgoing connection may have it by the time the program binds; these lie below.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 19_999;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A TCP port that nobody has now, and that was not given before. */
    public static int next() {
        while (true) {
            try (ServerSocket socket = listen(1)) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Listens at such a port. */
    static ServerSocket listen(int backlog) throws IOException {
        var last = new BindException();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            try {
                return listenAt(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
            } catch (BindException taken) {
                last = taken;
            }
        }
        throw new IOException("no free port on loopback between %d and %d".formatted(LOWEST, HIGHEST), last);
    }

    /** Listens where somebody listened before, whose connections may not be forgotten yet. */
    static ServerSocket listenAt(InetSocketAddress address, int backlog) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, backlog);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
