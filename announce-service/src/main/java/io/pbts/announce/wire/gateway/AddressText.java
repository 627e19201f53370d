package io.pbts.announce.wire.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.swarm.PeerAddress;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as a header spells them, compressed or not, IPv4-mapped or not; no scope, no short forms, no names. */
public final class AddressText {
    private static final int LONGEST = 45;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private AddressText() {}

    /** Null when the bytes are not exactly one address. */
    public static @Nullable PeerAddress parse(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return null;
        }
        String text = new String(bytes, from, to - from, US_ASCII);
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return PeerAddress.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
