package io.pbts.gateway.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Whose word about a caller's address counts. A proxy appends to {@code X-Forwarded-For} the address it saw, so only what
 * stands right of everything a stranger can have written is believed: the right-most address that is no trusted proxy's.
 */
public final class TrustedProxies {
    private static final String HEADER = "X-Forwarded-For";
    private static final Pattern IPV4 = Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private final List<AddressRange> ranges;

    TrustedProxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    public boolean contain(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    CallerAddress callerOf(@Nullable InetSocketAddress socket, HttpHeaders headers) {
        InetAddress nearest = CallerAddress.ofSocket(socket);
        if (!contain(nearest)) {
            return CallerAddress.direct(nearest);
        }
        InetAddress known = nearest;
        for (String hop : hopsFromTheRight(headers)) {
            Optional<InetAddress> named = literal(hop);
            if (named.isEmpty()) {
                break;
            }
            known = named.get();
            if (!contain(known)) {
                break;
            }
        }
        return CallerAddress.forwarded(known);
    }

    private static List<String> hopsFromTheRight(HttpHeaders headers) {
        List<String> hops = new ArrayList<>();
        for (String line : headers.getOrEmpty(HEADER)) {
            for (String hop : line.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        Collections.reverse(hops);
        return hops;
    }

    /** An address in digits: no name is looked up, no port, zone or octal form is understood. */
    private static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
