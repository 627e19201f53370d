package io.pbts.engine.tracker;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The two kinds of addresses. Whoever has both tells a tracker by both (BEP 7). */
enum Family {
    V4,
    V6;

    static Family of(InetAddress address) {
        return address instanceof Inet6Address ? V6 : V4;
    }

    /** The first address of this family that a name has. */
    InetAddress addressOf(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .filter(address -> of(address) == this)
                .findFirst()
                .orElseThrow(() -> new UnknownHostException("the tracker's name has no address of this family"));
    }
}
