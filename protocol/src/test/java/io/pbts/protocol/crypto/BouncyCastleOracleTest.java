package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.hash.Sha256;
import java.math.BigInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.bouncycastle.crypto.bls.BLS12_381BasicScheme;
import org.bouncycastle.crypto.bls.BLS12_381G2Point;
import org.bouncycastle.crypto.bls.BLS12_381ProofOfPossession;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A second implementation, in pure Java, must make the same bytes and give the same verdicts. */
class BouncyCastleOracleTest {

    static Stream<Bytes> secretKeys() {
        return IntStream.range(0, 4)
                .mapToObj(i -> Sha256.hash(Bytes.of(i)))
                .map(seed -> Bytes.concatenate(Bytes.of(0), seed.slice(1)));
    }

    @ParameterizedTest
    @MethodSource("secretKeys")
    void makesTheSameKeysSignaturesAndProofs(Bytes secret) {
        BlsSecretKey key = BlsSecretKey.fromBytes(secret);
        BigInteger number = secret.toUnsignedBigInteger();
        Bytes message = Bytes.concatenate(secret.slice(0, 4), Bytes.repeat((byte) 9, 221));
        assertThat(key.publicKey().bytes())
                .isEqualTo(Bytes.wrap(BLS12_381Serialization.compressG1(BLS12_381BasicScheme.skToPk(number))));
        assertThat(Bls.sign(key, message).bytes())
                .isEqualTo(encoded(BLS12_381ProofOfPossession.sign(number, message.toArray())));
        assertThat(Bls.provePossession(key).bytes()).isEqualTo(encoded(BLS12_381ProofOfPossession.popProve(number)));
    }

    @Test
    void givesTheSameVerdictOnGoodAndBadSignatures() {
        Bytes secret = secretKeys().findFirst().orElseThrow();
        BlsSecretKey key = BlsSecretKey.fromBytes(secret);
        var point = BLS12_381BasicScheme.skToPk(secret.toUnsignedBigInteger());
        Bytes message = Bytes.of(1, 2, 3);
        for (Bytes other : new Bytes[] {message, Bytes.of(1, 2, 4), Bytes.EMPTY}) {
            BlsSignature signature = Bls.sign(key, other);
            BLS12_381G2Point theirs =
                    BLS12_381Serialization.decompressG2(signature.bytes().toArray());
            assertThat(Bls.verify(key.publicKey(), message, signature))
                    .isEqualTo(BLS12_381ProofOfPossession.verify(point, message.toArray(), theirs))
                    .isEqualTo(other.equals(message));
        }
    }

    private static Bytes encoded(BLS12_381G2Point point) {
        return Bytes.wrap(BLS12_381Serialization.compressG2(point));
    }
}
