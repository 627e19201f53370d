package io.pbts.gateway.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a request comes from: the address of its socket, or what a trusted proxy at the socket says.
 *
 * @param isDirect whether it is the socket's own address and the socket is no proxy's
 */
public record CallerAddress(InetAddress address, boolean isDirect) {
    private static final String ATTRIBUTE = CallerAddress.class.getName();

    public CallerAddress {
        address = isDirect || !address.isLoopbackAddress() ? address : unspecified();
    }

    static CallerAddress direct(InetAddress address) {
        return new CallerAddress(address, true);
    }

    /** What a proxy says. A loopback address is nobody's there: it would be believed to be this machine. */
    static CallerAddress forwarded(InetAddress address) {
        return new CallerAddress(address, false);
    }

    /** The address of the other end of a socket. */
    public static InetAddress ofSocket(@Nullable InetSocketAddress socket) {
        if (socket == null || socket.getAddress() == null) {
            throw new IllegalStateException("a request without a socket address");
        }
        // From bytes: drops the scope of a link-local address and turns a mapped IPv4 address into IPv4.
        return ofBytes(socket.getAddress().getAddress());
    }

    /** The address of an exchange that came to the door, whether it was let in or not. */
    public static CallerAddress of(ServerWebExchange exchange) {
        CallerAddress known = exchange.getAttribute(ATTRIBUTE);
        if (known == null) {
            throw new IllegalStateException("a request that did not come to the door");
        }
        return known;
    }

    void remember(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** This very machine, as nothing but a socket can show. */
    public boolean isLoopback() {
        return isDirect && address.isLoopbackAddress();
    }

    /** Whom a limit counts as one: {@link #networkOf}. */
    public String network() {
        return networkOf(address);
    }

    /** An IPv4 address, or the /64 of an IPv6 address, which is the least that one household gets (RFC 6177). */
    public static String networkOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
    }

    /** Digits only, IPv6 without a scope; maybe not in its shortest spelling. */
    String text() {
        return address.getHostAddress();
    }

    private static InetAddress unspecified() {
        return ofBytes(new byte[4]);
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
