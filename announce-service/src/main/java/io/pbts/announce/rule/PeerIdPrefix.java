package io.pbts.announce.rule;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * How the peer ids of some client begin (BEP 20), such as {@code -TR} for Transmission or {@code -qB45} for a version.
 *
 * @param text 1 to 20 printable ASCII characters, none of them a blank or a comma
 */
public record PeerIdPrefix(String text) {
    private static final Pattern FORM = Pattern.compile("[!-+\\--~]{1,20}");

    public PeerIdPrefix {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not the beginning of a peer id: " + text);
        }
    }

    /** For settings. */
    public static PeerIdPrefix of(String text) {
        return new PeerIdPrefix(text.strip());
    }

    byte[] bytes() {
        return text.getBytes(US_ASCII);
    }

    /** Whether the peer id begins with these bytes. */
    static boolean begins(byte[] peerId, byte[] prefix) {
        return Arrays.equals(peerId, 0, prefix.length, prefix, 0, prefix.length);
    }
}
