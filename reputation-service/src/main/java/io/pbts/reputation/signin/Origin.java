package io.pbts.reputation.signin;

import io.pbts.support.access.Caller;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Whom a bound per address counts as one: an IPv4 address, or the /64 that an IPv6 household or server has to itself. */
record Origin(String text) {
    private static final int PREFIX_BYTES = 8;

    static Origin of(Caller caller) {
        return caller.origin().map(Origin::of).orElseGet(() -> new Origin("service"));
    }

    private static Origin of(InetAddress address) {
        return new Origin(
                address instanceof Inet6Address
                        ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX_BYTES) + "/64"
                        : address.getHostAddress());
    }
}
