package io.pbts.protocol.torrent;

import io.pbts.protocol.hash.Hex;
import org.apache.tuweni.bytes.Bytes;

/** What a client calls itself for one run: 20 bytes of its own choice (BEP 3, BEP 20). Proves nothing. */
public record PeerId(Bytes bytes) {

    public static final int SIZE = 20;

    public PeerId {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("not a peer id: " + bytes.size() + " bytes");
        }
        bytes = bytes.copy();
    }

    public static PeerId ofBytes(byte[] bytes) {
        return new PeerId(Bytes.wrap(bytes));
    }

    /** From 40 hexadecimal digits, without a prefix. */
    public static PeerId fromHex(String hex) {
        return new PeerId(Hex.decode(hex));
    }

    /** 40 hexadecimal digits, lower case. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }

    @Override
    public String toString() {
        return hex();
    }
}
