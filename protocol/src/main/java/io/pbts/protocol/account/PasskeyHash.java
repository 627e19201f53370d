package io.pbts.protocol.account;

import io.pbts.protocol.hash.Hex;
import org.apache.tuweni.bytes.Bytes32;

/** HMAC-SHA-256 of a passkey's ASCII characters: names the passkey to services, opens nothing. */
public record PasskeyHash(Bytes32 bytes) {

    public PasskeyHash {
        bytes = bytes.copy();
    }

    public static PasskeyHash ofBytes(byte[] bytes) {
        return new PasskeyHash(Bytes32.wrap(bytes));
    }

    public static PasskeyHash fromHex(String hex) {
        return new PasskeyHash(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
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
