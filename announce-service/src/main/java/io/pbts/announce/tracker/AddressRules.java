package io.pbts.announce.tracker;

import io.pbts.announce.admission.Openness;
import io.pbts.announce.swarm.PeerAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which peers can be given to others. An address that means another machine to everybody who gets it (private, loopback,
 * link-local, shared, multicast: RFC 6890) is of no use in public, and a way to make clients knock at inner doors.
 */
final class AddressRules {
    private static final List<Network> UNREACHABLE = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "224.0.0.0/3",
                    "::/96",
                    "fc00::/7",
                    "fe80::/9",
                    "ff00::/8")
            .map(Network::parse)
            .toList();

    private final Openness openness;
    private final List<Network> allowed;

    /** Takes the private networks that are allowed all the same, in CIDR notation. */
    AddressRules(Openness openness, List<String> allowed) {
        this.openness = openness;
        this.allowed = allowed.stream().map(Network::parse).toList();
    }

    /** Whether a peer at this address is recorded. */
    boolean lists(PeerAddress address) {
        return openness == Openness.LOCAL || !isIn(UNREACHABLE, address) || isIn(allowed, address);
    }

    private static boolean isIn(List<Network> networks, PeerAddress address) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A range of addresses (RFC 4632, RFC 4291 2.3).
     *
     * @param bits leading bits of the base that an address must share
     */
    record Network(PeerAddress base, int bits) {

        Network {
            if (bits < 0 || bits > base.size() * 8) {
                throw new IllegalArgumentException("not a prefix length: " + bits);
            }
        }

        /** From {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address. */
        static Network parse(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            try {
                PeerAddress base = PeerAddress.of(InetAddress.ofLiteral(address.strip()));
                int bits = slash < 0
                        ? base.size() * 8
                        : Integer.parseInt(text.substring(slash + 1).strip());
                return new Network(base, bits);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not a network in CIDR notation: " + text, e);
            }
        }

        boolean contains(PeerAddress address) {
            if (address.size() != base.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
                if (((address.at(bit / 8) ^ base.at(bit / 8)) & mask & 0xff) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
