package io.pbts.benchmarks.network;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Addresses of this machine, each of which is another client to a tracker. */
public final class Loopback {
    /** Below Linux's ephemeral range (32768 up), where a load's own connections take their ports. */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 30_000;
    private static final int TRIES = 1_000;

    private Loopback() {}

    /** Where the trackers listen. */
    public static InetSocketAddress tracker(int port) {
        return at(1, port);
    }

    /** A socket of the client 127.0.0.{@code last}, on any free port. */
    public static InetSocketAddress client(int last) {
        return at(last, 0);
    }

    /** A port for a program that is told where to listen; nobody has it now. */
    public static int freePort() throws IOException {
        var last = new BindException();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = RandomGenerator.getDefault().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (var socket = new ServerSocket()) {
                socket.bind(tracker(port));
                return port;
            } catch (BindException taken) {
                last = taken;
            }
        }
        throw new IOException("no free port between %d and %d on loopback".formatted(LOWEST_PORT, HIGHEST_PORT), last);
    }

    private static InetSocketAddress at(int last, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + last), port);
    }
}
