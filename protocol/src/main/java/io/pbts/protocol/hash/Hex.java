package io.pbts.protocol.hash;

import java.util.HexFormat;
import org.apache.tuweni.bytes.Bytes;

/** Hexadecimal as the suite writes it: two digits per byte and no prefix. Tuweni's own reader forgives more. */
public final class Hex {

    private Hex() {}

    /**
     * The bytes that the digits stand for.
     *
     * @throws IllegalArgumentException for an odd number of digits, a prefix, or anything that is no digit
     */
    public static Bytes decode(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }

    /** As {@link #decode(String)}, of exactly that many bytes. */
    public static Bytes decode(String hex, int bytes) {
        if (hex.length() != 2 * bytes) {
            throw new IllegalArgumentException("expected " + 2 * bytes + " hexadecimal digits, not " + hex.length());
        }
        return decode(hex);
    }
}
