package io.pbts.protocol.receipt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Keccak256;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt256;

/**
 * Where a tracker stands: its instance and the ledger on a chain in which it settles. Receipts sign for it as a
 * {@link #domain()}, wallets that show what they sign as a domain of EIP-712.
 */
public record Deployment(long chainId, EthereumAddress contract, InstanceId instance) {
    private static final Bytes32 DOMAIN_TYPE =
            ascii("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)");
    private static final Bytes32 NAME = ascii("PBTS");
    private static final Bytes32 VERSION = ascii("2");

    public Deployment {
        if (chainId < 1) {
            throw new IllegalArgumentException("not a chain id: " + chainId);
        }
    }

    public ReceiptDomain domain() {
        return ReceiptDomain.of(chainId, contract, instance);
    }

    /** The domain separator of EIP-712: name {@code PBTS}, version {@code 2}, chain, contract, instance id as salt. */
    public Bytes32 typedDomain() {
        return Keccak256.hash(
                DOMAIN_TYPE,
                NAME,
                VERSION,
                UInt256.valueOf(chainId).toBytes(),
                Bytes32.leftPad(contract.bytes()),
                instance.bytes());
    }

    private static Bytes32 ascii(String text) {
        return Keccak256.hash(Bytes.wrap(text.getBytes(US_ASCII)));
    }
}
