package io.pbts.protocol.hash;

import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.web3j.crypto.Hash;

/** Keccak-256 as Ethereum has it: the original padding, not that of SHA-3 (FIPS 202). */
public final class Keccak256 {

    private Keccak256() {}

    /** The digest of the parts as if they were one string of bytes. */
    public static Bytes32 hash(Bytes... parts) {
        return Bytes32.wrap(Hash.sha3(Bytes.concatenate(parts).toArrayUnsafe()));
    }
}
