package io.pbts.gateway.access;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** A range of addresses in CIDR form (RFC 4632, RFC 4291); a single address is a range of one. */
public record AddressRange(InetAddress network, int bits) {
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");

    public AddressRange {
        int width = network.getAddress().length * 8;
        if (bits < 0 || bits > width) {
            throw new IllegalArgumentException("not a prefix of %d bits: %d".formatted(width, bits));
        }
        BigInteger host =
                number(network).and(BigInteger.ONE.shiftLeft(width - bits).subtract(BigInteger.ONE));
        if (host.signum() != 0) {
            throw new IllegalArgumentException("%s/%d has bits behind its prefix".formatted(network, bits));
        }
    }

    /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or one address. */
    static AddressRange parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an address range: " + text);
        }
        InetAddress network = InetAddress.ofLiteral(parts.group(1));
        String bits = parts.group(2);
        return new AddressRange(network, bits == null ? network.getAddress().length * 8 : Integer.parseInt(bits));
    }

    boolean contains(InetAddress address) {
        int width = network.getAddress().length * 8;
        return address.getAddress().length * 8 == width
                && number(address).xor(number(network)).shiftRight(width - bits).signum() == 0;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
