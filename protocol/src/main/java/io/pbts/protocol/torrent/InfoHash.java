package io.pbts.protocol.torrent;

import io.pbts.protocol.hash.Hex;
import org.apache.tuweni.bytes.Bytes;

/** The name of a torrent: SHA-1 (20 bytes, BEP 3) or SHA-256 (32 bytes, BEP 52) of its info dictionary. */
public record InfoHash(Bytes bytes) {

    public InfoHash {
        if (HashKind.ofSize(bytes.size()).isEmpty()) {
            throw new IllegalArgumentException("not an info hash: " + bytes.size() + " bytes");
        }
        bytes = bytes.copy();
    }

    public static InfoHash ofBytes(byte[] bytes) {
        return new InfoHash(Bytes.wrap(bytes));
    }

    /** From 40 or 64 hexadecimal digits, without a prefix. */
    public static InfoHash fromHex(String hex) {
        return new InfoHash(Hex.decode(hex));
    }

    public HashKind kind() {
        return HashKind.ofSize(bytes.size()).orElseThrow();
    }

    /** The 20 bytes that announces and handshakes carry: a v2 hash is cut for them (BEP 52). */
    public Bytes truncated() {
        return bytes.slice(0, HashKind.V1.size());
    }

    /** Lower case, without a prefix. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }

    @Override
    public String toString() {
        return hex();
    }
}
