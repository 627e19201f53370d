package io.pbts.protocol.crypto;

import io.pbts.protocol.account.EthereumAddress;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/** A wallet's secret key. Signs deterministically (RFC 6979) with low s. Never printed. */
public final class Secp256k1SecretKey {

    private final ECKeyPair pair;

    private Secp256k1SecretKey(ECKeyPair pair) {
        this.pair = pair;
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
        return new Secp256k1SecretKey(ECKeyPair.create(number));
    }

    public EthereumAddress address() {
        return Secp256k1.address(pair.getPublicKey());
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
        Sign.SignatureData signature = Sign.signMessage(digest.toArray(), pair, false);
        return Bytes.concatenate(
                Bytes.wrap(signature.getR()), Bytes.wrap(signature.getS()), Bytes.wrap(signature.getV()));
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
