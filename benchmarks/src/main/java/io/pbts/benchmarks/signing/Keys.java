package io.pbts.benchmarks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Sha256;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Secret keys made of names, so that every run measures the same points. */
public final class Keys {
    private static final int BELOW_THE_ORDER = 0x3f;

    private Keys() {}

    public static BlsSecretKey bls(String name) {
        return BlsSecretKey.fromBytes(number("bls " + name));
    }

    public static Secp256k1SecretKey secp256k1(String name) {
        return Secp256k1SecretKey.fromBytes(number("secp256k1 " + name));
    }

    /** 32 bytes that look random, and as a number lie below the order of either curve. */
    private static Bytes32 number(String name) {
        Bytes32 hash = bytes(name);
        return Bytes32.wrap(Bytes.concatenate(Bytes.of(hash.get(0) & BELOW_THE_ORDER), hash.slice(1)));
    }

    static Bytes32 bytes(String name) {
        return Sha256.hash(Bytes.wrap(name.getBytes(UTF_8)));
    }
}
