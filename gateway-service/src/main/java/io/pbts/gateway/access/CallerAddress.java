package io.pbts.gateway.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Where a request comes from: the address of its socket. No header can say it. */
record CallerAddress(InetAddress address) {

    static CallerAddress of(@Nullable InetSocketAddress socket) {
        if (socket == null || socket.getAddress() == null) {
            throw new IllegalStateException("a request without a socket address");
        }
        try {
            // From bytes: drops the scope of a link-local address and turns a mapped IPv4 address into IPv4.
            return new CallerAddress(
                    InetAddress.getByAddress(socket.getAddress().getAddress()));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Digits only, IPv6 without a scope; maybe not in its shortest spelling. */
    String text() {
        return address.getHostAddress();
    }
}
