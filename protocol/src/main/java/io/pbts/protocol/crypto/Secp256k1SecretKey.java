package io.pbts.protocol.crypto;

import io.pbts.protocol.account.EthereumAddress;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A wallet's or a session's secret key. Signs deterministically (RFC 6979) with low s. Never printed. */
public final class Secp256k1SecretKey {

    private final Bytes32 secret;
    private final Secp256k1PublicKey publicKey;

    private Secp256k1SecretKey(Bytes32 secret) {
        this.secret = Bytes32.wrap(secret.toArray());
        this.publicKey = Secp256k1PublicKey.of(LibSecp256k1.publicKey(this.secret));
    }

    /**
     * The key in its 32 bytes.
     *
     * @throws IllegalArgumentException for zero or a number not below the group order
     */
    public static Secp256k1SecretKey fromBytes(Bytes32 bytes) {
        BigInteger number = bytes.toUnsignedBigInteger();
        if (number.signum() == 0 || number.compareTo(Secp256k1.ORDER) >= 0) {
            throw new IllegalArgumentException("a secp256k1 secret key lies between 0 and n");
        }
        return new Secp256k1SecretKey(bytes);
    }

    public Secp256k1PublicKey publicKey() {
        return publicKey;
    }

    public EthereumAddress address() {
        return Secp256k1.address(publicKey.uncompressed());
    }

    /** {@code personal_sign} of 32 bytes (EIP-191): r, s, v in 65 bytes. */
    public Bytes signPersonal(Bytes32 message) {
        return sign(Secp256k1.personalDigest(message));
    }

    /** {@code personal_sign} of a message of any length (EIP-191): r, s, v in 65 bytes. */
    public Bytes sign(PersonalMessage message) {
        return sign(message.digest());
    }

    /** Signs the digest itself: r, s, v in 65 bytes. */
    public Bytes sign(Bytes32 digest) {
        Bytes compact = signCompact(digest);
        boolean even = LibSecp256k1.recover(0, digest, compact)
                .filter(publicKey.uncompressed()::equals)
                .isPresent();
        return Bytes.concatenate(compact, Bytes.of(Secp256k1.V_OFFSET + (even ? 0 : 1)));
    }

    /** Signs the digest itself: r and s in 64 bytes, for who knows the public key. */
    public Bytes signCompact(Bytes32 digest) {
        return LibSecp256k1.sign(secret, digest);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
