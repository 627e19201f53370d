package io.pbts.protocol.crypto;

import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A tracker's key for acknowledgements (RFC 8032, Ed25519), by its 32-byte seed. Never printed. */
public final class Ed25519SecretKey {
    private final Bytes32 seed;
    private final Ed25519PublicKey publicKey;

    /**
     * The key of a seed.
     *
     * @param seed 32 random bytes
     */
    public Ed25519SecretKey(Bytes32 seed) {
        if (seed.isZero()) {
            throw new IllegalArgumentException("a seed of zeros is a forgotten setting");
        }
        this.seed = seed.copy();
        byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(this.seed.toArrayUnsafe(), 0, point, 0);
        this.publicKey = new Ed25519PublicKey(Bytes32.wrap(point));
    }

    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /** Signs a message: 64 bytes. */
    public Bytes sign(Bytes message) {
        byte[] bytes = message.toArray();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(
                seed.toArrayUnsafe(), 0, publicKey.bytes().toArrayUnsafe(), 0, bytes, 0, bytes.length, signature, 0);
        return Bytes.wrap(signature);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
