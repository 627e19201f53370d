package io.pbts.announce.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses to listen at, on machines with IPv6 and on those without. */
final class ListenAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(ListenAddresses.class);

    private ListenAddresses() {}

    /** Where a machine has no IPv6, {@code ::} is everything that it has, and other IPv6 addresses are left out. */
    static List<InetAddress> resolve(List<String> texts) {
        boolean ipv6 = machineHasIpv6();
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            InetAddress address = parse(text.strip());
            if (address instanceof Inet6Address && !ipv6) {
                if (address.isAnyLocalAddress()) {
                    addresses.add(parse("0.0.0.0"));
                } else {
                    LOG.warn("event=address_left_out address={} cause=\"this machine has no IPv6\"", text);
                }
            } else {
                addresses.add(address);
            }
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address to listen at in " + texts);
        }
        return addresses;
    }

    private static InetAddress parse(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address to listen at: " + text, e);
        }
    }

    private static boolean machineHasIpv6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(Inet6Address.class::isInstance);
        } catch (SocketException e) {
            return false;
        }
    }
}
