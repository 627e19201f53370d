package io.pbts.protocol.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A BLS secret key: a number from 1 to r - 1 as 32 big-endian bytes. Never printed. */
public final class BlsSecretKey {

    public static final int SIZE = 32;

    private final Bytes bytes;
    private final BlsPublicKey publicKey;

    private BlsSecretKey(Bytes bytes) {
        this.bytes = Bytes.wrap(bytes.toArray());
        this.publicKey = Bls.publicKey(this.bytes);
    }

    /**
     * The key in its 32 bytes.
     *
     * @throws IllegalArgumentException for another size, zero, or a number not below r
     */
    public static BlsSecretKey fromBytes(Bytes bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a BLS secret key has 32 bytes, not " + bytes.size());
        }
        BigInteger number = bytes.toUnsignedBigInteger();
        if (number.signum() == 0 || number.compareTo(Bls.ORDER) >= 0) {
            throw new IllegalArgumentException("a BLS secret key lies between 0 and r");
        }
        return new BlsSecretKey(bytes);
    }

    /** 32 random bytes modulo r, as the original trackers make theirs (not the KeyGen of the draft). */
    public static BlsSecretKey random(SecureRandom random) {
        byte[] seed = new byte[SIZE];
        random.nextBytes(seed);
        BigInteger number = new BigInteger(1, seed).mod(Bls.ORDER).max(BigInteger.ONE);
        return new BlsSecretKey(Bytes32.leftPad(Bytes.wrap(number.toByteArray()).trimLeadingZeros()));
    }

    public BlsPublicKey publicKey() {
        return publicKey;
    }

    /** The secret itself, for whoever must store or hand over a key. */
    public Bytes expose() {
        return bytes;
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
