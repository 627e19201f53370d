package io.pbts.protocol.receipt;

import io.pbts.protocol.hash.Hex;
import org.apache.tuweni.bytes.Bytes32;

/** One tracker, however many replicas it runs: 32 random bytes made once. */
public record InstanceId(Bytes32 bytes) {

    public InstanceId {
        bytes = bytes.copy();
    }

    public static InstanceId ofBytes(byte[] bytes) {
        return new InstanceId(Bytes32.wrap(bytes));
    }

    public static InstanceId fromHex(String hex) {
        return new InstanceId(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
    }

    /** Lower case, without a prefix: 64 digits. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }

    @Override
    public String toString() {
        return hex();
    }
}
