package io.pbts.protocol.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.hash.Keccak256;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** {@code bytes32 accountId} of the contracts: the hash of an account's first key, so that the id proves the key. */
public record ChainAccount(Bytes32 bytes) {

    private static final Bytes NAME_TAG = Bytes.wrap("pbts:name".getBytes(UTF_8));

    public ChainAccount {
        bytes = bytes.copy();
    }

    /** keccak256 of the 48 or 20 bytes of the key. */
    public static ChainAccount ofFirstKey(AccountKey key) {
        return new ChainAccount(Keccak256.hash(key.bytes()));
    }

    /** keccak256("pbts:name" || name): an account that {@code addUser} made and no key stands behind. */
    public static ChainAccount ofName(String name) {
        return new ChainAccount(Keccak256.hash(NAME_TAG, Bytes.wrap(name.getBytes(UTF_8))));
    }

    public static ChainAccount ofBytes(byte[] bytes) {
        return new ChainAccount(Bytes32.wrap(bytes));
    }

    public static ChainAccount fromHex(String hex) {
        return new ChainAccount(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
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
