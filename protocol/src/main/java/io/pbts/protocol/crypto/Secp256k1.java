package io.pbts.protocol.crypto;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Keccak256;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * ECDSA over secp256k1, recoverable as Ethereum uses it or with a key that is known, but strict: one signature per key and
 * message. The native library alone would recover from high s values and throws unchecked at what is out of range.
 */
public final class Secp256k1 {

    /** r, s and v, one after the other. */
    public static final int SIGNATURE_SIZE = 65;

    /** r and s, one after the other. */
    public static final int COMPACT_SIZE = 64;

    static final int V_OFFSET = 27;

    static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    private Secp256k1() {}

    /** What a signature says. */
    public sealed interface Recovery {

        /** The address whose key made it. */
        record Signer(EthereumAddress address) implements Recovery {}

        /** Nobody can have made it. */
        record Rejected(Reason reason) implements Recovery {}
    }

    /** Why a signature is none. */
    public enum Reason {
        /** Not 65 bytes. */
        SIZE,
        /** v is neither 27 nor 28. */
        RECOVERY_ID,
        /** r or s is zero, or not below the group order. */
        RANGE,
        /** s is in the upper half of the range: the other spelling of a signature (EIP-2). */
        HIGH_S,
        /** No key fits. */
        NO_KEY
    }

    /** Who signed the 32 bytes by {@code personal_sign} (EIP-191, version 0x45). */
    public static Recovery recoverPersonal(Bytes32 message, Bytes signature) {
        return recover(personalDigest(message), signature);
    }

    /** Who signed the message by {@code personal_sign}. */
    public static Recovery recover(PersonalMessage message, Bytes signature) {
        return recover(message.digest(), signature);
    }

    /** Whose signature over the digest itself this is (EIP-712 digests, transactions). */
    public static Recovery recover(Bytes32 digest, Bytes signature) {
        if (signature.size() != SIGNATURE_SIZE) {
            return new Recovery.Rejected(Reason.SIZE);
        }
        int v = signature.get(COMPACT_SIZE) & 0xff;
        if (v != V_OFFSET && v != V_OFFSET + 1) {
            return new Recovery.Rejected(Reason.RECOVERY_ID);
        }
        Bytes compact = signature.slice(0, COMPACT_SIZE);
        Optional<Reason> refusal = refusal(compact);
        if (refusal.isPresent()) {
            return new Recovery.Rejected(refusal.get());
        }
        return LibSecp256k1.recover(v - V_OFFSET, digest, compact)
                .<Recovery>map(key -> new Recovery.Signer(address(key)))
                .orElseGet(() -> new Recovery.Rejected(Reason.NO_KEY));
    }

    /** Whether the key made the 64 bytes r and s over the digest itself. High s is refused, never normalised. */
    public static boolean verify(Secp256k1PublicKey key, Bytes32 digest, Bytes signature) {
        return signature.size() == COMPACT_SIZE
                && refusal(signature).isEmpty()
                && LibSecp256k1.verify(key.uncompressed(), digest, signature);
    }

    /** {@code keccak256("\x19Ethereum Signed Message:\n32" || message)}. */
    public static Bytes32 personalDigest(Bytes32 message) {
        return new PersonalMessage(message).digest();
    }

    /** Why r and s are no signature of anybody's. */
    private static Optional<Reason> refusal(Bytes compact) {
        BigInteger r = compact.slice(0, 32).toUnsignedBigInteger();
        BigInteger s = compact.slice(32, 32).toUnsignedBigInteger();
        if (!isScalar(r) || !isScalar(s)) {
            return Optional.of(Reason.RANGE);
        }
        return s.compareTo(HALF_ORDER) > 0 ? Optional.of(Reason.HIGH_S) : Optional.empty();
    }

    private static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    /** The last 20 bytes of the hash of the key's two coordinates. */
    static EthereumAddress address(Bytes uncompressed) {
        return new EthereumAddress(Keccak256.hash(uncompressed.slice(1)).slice(12));
    }
}
