package io.pbts.gateway.access;

import io.pbts.gateway.target.ExactTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** What a client's headers may carry past the door. */
final class ClientHeaders {
    /** Set here from the socket; read by the tracker's internal listener and by nothing else. */
    static final String CLIENT_ADDRESS = "X-PBTS-Client-Address";

    private static final String PASSKEY = "x-pbts-passkey";
    private static final String SENT_TARGET = ExactTargets.HEADER.toLowerCase(Locale.ROOT);

    /** Hop by hop (RFC 9110, 7.6.1); Expect is answered here, by this server. */
    private static final Set<String> OF_THIS_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "authorization", // believed or refused here; what travels on is a token of our own
            "te",
            "trailer",
            "upgrade",
            "expect",
            "http2-settings");

    /** A trace begins here, and whether it is kept is ours to say (W3C Trace Context, Baggage). */
    private static final Set<String> TRACES = Set.of("traceparent", "tracestate", "baggage");

    private static final Set<String> CLAIMS_OF_ORIGIN = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "cf-connecting-ipv6",
            "cf-pseudo-ipv4",
            "fastly-client-ip");

    private ClientHeaders() {}

    /**
     * Removes what belongs to this hop, what {@code Connection} names, every claim about where the request comes from, and traces. The
     * framework honours {@code Connection} later, when it would already take away what we set.
     */
    static void clean(HttpHeaders headers) {
        List<String> named = connectionOptions(headers);
        for (String name : new ArrayList<>(headers.headerNames())) {
            String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
            if (OF_THIS_HOP.contains(plain) || named.contains(plain) || isClaim(plain)) {
                headers.remove(name);
            }
        }
    }

    private static List<String> connectionOptions(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.CONNECTION).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(option -> option.trim().toLowerCase(Locale.ROOT))
                .filter(option -> !option.equals(SENT_TARGET))
                .toList();
    }

    private static boolean isClaim(String plain) {
        boolean ours = plain.startsWith("x-pbts-") && !plain.equals(PASSKEY) && !plain.equals(SENT_TARGET);
        return ours
                || CLAIMS_OF_ORIGIN.contains(plain)
                || TRACES.contains(plain)
                || plain.startsWith("x-forwarded")
                || plain.startsWith("x-original-");
    }
}
