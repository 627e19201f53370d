package io.pbts.benchmarks.announce;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses of this machine, each of which is another client to a tracker. */
final class Loopback {
    private Loopback() {}

    /** Where the trackers listen. */
    static InetSocketAddress tracker(int port) {
        return at(1, port);
    }

    /** A socket of the client 127.0.0.{@code last}, on any free port. */
    static InetSocketAddress client(int last) {
        return at(last, 0);
    }

    private static InetSocketAddress at(int last, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + last), port);
    }
}
