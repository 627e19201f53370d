package io.pbts.protocol.crypto;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.Secp256k1.Reason;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** What web3j and BouncyCastle say: pure Java, none of it the native library's. */
final class Secp256k1Oracle {

    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN =
            new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());

    private Secp256k1Oracle() {}

    static Bytes sign(Bytes32 secret, Bytes32 digest) {
        Sign.SignatureData signature =
                Sign.signMessage(digest.toArray(), ECKeyPair.create(secret.toUnsignedBigInteger()), false);
        return Bytes.concatenate(
                Bytes.wrap(signature.getR()), Bytes.wrap(signature.getS()), Bytes.wrap(signature.getV()));
    }

    static Bytes publicKey(Bytes32 secret) {
        return Bytes.wrap(
                CURVE.getG().multiply(secret.toUnsignedBigInteger()).normalize().getEncoded(true));
    }

    /** By Ethereum's rules, written down a second time. */
    static Recovery recover(Bytes32 digest, Bytes signature) {
        int v = signature.get(64);
        BigInteger r = signature.slice(0, 32).toUnsignedBigInteger();
        BigInteger s = signature.slice(32, 32).toUnsignedBigInteger();
        if (v != 27 && v != 28) {
            return new Recovery.Rejected(Reason.RECOVERY_ID);
        }
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(CURVE.getN()) >= 0 || s.compareTo(CURVE.getN()) >= 0) {
            return new Recovery.Rejected(Reason.RANGE);
        }
        if (s.shiftLeft(1).compareTo(CURVE.getN()) > 0) {
            return new Recovery.Rejected(Reason.HIGH_S);
        }
        try {
            BigInteger key = Sign.recoverFromSignature(v - 27, new ECDSASignature(r, s), digest.toArray());
            return key == null || key.signum() == 0
                    ? new Recovery.Rejected(Reason.NO_KEY)
                    : new Recovery.Signer(EthereumAddress.parse(Keys.toChecksumAddress(Keys.getAddress(key))));
        } catch (IllegalArgumentException _) {
            return new Recovery.Rejected(Reason.NO_KEY);
        }
    }

    /** BouncyCastle takes high s, which is refused here as ours must. */
    static boolean verify(Bytes publicKey, Bytes32 digest, Bytes compact) {
        BigInteger r = compact.slice(0, 32).toUnsignedBigInteger();
        BigInteger s = compact.slice(32, 32).toUnsignedBigInteger();
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(publicKey.toArray()), DOMAIN));
        return s.shiftLeft(1).compareTo(CURVE.getN()) < 0 && signer.verifySignature(digest.toArray(), r, s);
    }
}
