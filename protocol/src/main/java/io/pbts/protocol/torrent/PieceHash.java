package io.pbts.protocol.torrent;

import io.pbts.protocol.hash.Hex;
import org.apache.tuweni.bytes.Bytes;

/** Hash of a piece: 20 bytes (SHA-1) or 32 (piece layer of BEP 52; SHA-256 or Keccak in the originals' receipts). */
public record PieceHash(Bytes bytes) {

    public PieceHash {
        if (HashKind.ofSize(bytes.size()).isEmpty()) {
            throw new IllegalArgumentException("not a piece hash: " + bytes.size() + " bytes");
        }
        bytes = bytes.copy();
    }

    public static PieceHash ofBytes(byte[] bytes) {
        return new PieceHash(Bytes.wrap(bytes));
    }

    /** From 40 or 64 hexadecimal digits, without a prefix. */
    public static PieceHash fromHex(String hex) {
        return new PieceHash(Hex.decode(hex));
    }

    /** The hashes a torrent of which kind would have: by size alone. */
    public HashKind kind() {
        return HashKind.ofSize(bytes.size()).orElseThrow();
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
