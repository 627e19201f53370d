package io.pbts.protocol.receipt;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.hash.Keccak256;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt256;

/** Where a receipt counts and nowhere else: {@code keccak256(abi.encode(uint256 chainId, address contract, bytes32 instanceId))}. */
public record ReceiptDomain(Bytes32 bytes) {

    public ReceiptDomain {
        bytes = bytes.copy();
    }

    public static ReceiptDomain of(long chainId, EthereumAddress contract, InstanceId instance) {
        if (chainId < 1) {
            throw new IllegalArgumentException("not a chain id: " + chainId);
        }
        return new ReceiptDomain(Keccak256.hash(
                UInt256.valueOf(chainId).toBytes(), Bytes32.leftPad(contract.bytes()), instance.bytes()));
    }

    public static ReceiptDomain fromHex(String hex) {
        return new ReceiptDomain(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
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
