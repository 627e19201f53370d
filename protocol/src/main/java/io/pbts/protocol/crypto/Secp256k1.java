package io.pbts.protocol.crypto;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Keccak256;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Sign;

/**
 * Recoverable ECDSA over secp256k1 as Ethereum uses it, but strict: one signature per key and message. web3j alone would
 * take high s values and odd recovery ids, and throws unchecked at many others.
 */
public final class Secp256k1 {

    /** r, s and v, one after the other. */
    public static final int SIGNATURE_SIZE = 65;

    static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    private static final int V_OFFSET = 27;

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
        int v = signature.get(64) & 0xff;
        if (v != V_OFFSET && v != V_OFFSET + 1) {
            return new Recovery.Rejected(Reason.RECOVERY_ID);
        }
        BigInteger r = signature.slice(0, 32).toUnsignedBigInteger();
        BigInteger s = signature.slice(32, 32).toUnsignedBigInteger();
        if (!isScalar(r) || !isScalar(s)) {
            return new Recovery.Rejected(Reason.RANGE);
        }
        if (s.compareTo(HALF_ORDER) > 0) {
            return new Recovery.Rejected(Reason.HIGH_S);
        }
        BigInteger key = publicKey(v - V_OFFSET, new ECDSASignature(r, s), digest);
        return key == null ? new Recovery.Rejected(Reason.NO_KEY) : new Recovery.Signer(address(key));
    }

    /** {@code keccak256("\x19Ethereum Signed Message:\n32" || message)}. */
    public static Bytes32 personalDigest(Bytes32 message) {
        return new PersonalMessage(message).digest();
    }

    private static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    /** web3j throws this one type when r is no abscissa of the curve, and answers null at infinity. */
    private static @Nullable BigInteger publicKey(int recoveryId, ECDSASignature signature, Bytes32 digest) {
        try {
            BigInteger key = Sign.recoverFromSignature(recoveryId, signature, digest.toArray());
            return key == null || key.signum() == 0 ? null : key;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The last 20 bytes of the hash of the key's two coordinates. */
    static EthereumAddress address(BigInteger publicKey) {
        byte[] coordinates = new byte[64];
        byte[] number = publicKey.toByteArray();
        byte[] magnitude = Arrays.copyOfRange(number, Math.max(0, number.length - 64), number.length);
        System.arraycopy(magnitude, 0, coordinates, 64 - magnitude.length, magnitude.length);
        return new EthereumAddress(Keccak256.hash(Bytes.wrap(coordinates)).slice(12));
    }
}
