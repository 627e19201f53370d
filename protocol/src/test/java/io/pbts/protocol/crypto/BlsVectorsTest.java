package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class BlsVectorsTest {

    static Stream<JsonNode> possessions() {
        return Vectors.cases("accounts.json", "possessions").stream();
    }

    @ParameterizedTest
    @MethodSource("possessions")
    void provesPossessionAsNobleDoes(JsonNode vector) {
        BlsSecretKey key = BlsSecretKey.fromBytes(Vectors.bytes(vector, "secret_key"));
        BlsSignature proof = BlsSignature.of(Vectors.bytes(vector, "proof_of_possession"));
        assertThat(key.publicKey().bytes()).isEqualTo(Vectors.bytes(vector, "public_key"));
        assertThat(Bls.provePossession(key)).isEqualTo(proof);
        assertThat(Bls.verifyPossession(key.publicKey(), proof)).isTrue();
    }

    @Test
    void aProofOfPossessionIsNoSignatureOverTheKeyAndTheOtherWayRound() {
        BlsSecretKey key = keyOf(2);
        Bytes keyBytes = key.publicKey().bytes();
        assertThat(Bls.verify(key.publicKey(), keyBytes, Bls.provePossession(key)))
                .isFalse();
        assertThat(Bls.verifyPossession(key.publicKey(), Bls.sign(key, keyBytes)))
                .isFalse();
        assertThat(Bls.verifyPossession(keyOf(3).publicKey(), Bls.provePossession(key)))
                .isFalse();
    }

    /** The sign case of the Ethereum consensus specification's BLS tests whose message is 32 zero bytes. */
    @Test
    void signsAsTheConsensusLayerDoes() {
        BlsSecretKey key = BlsSecretKey.fromBytes(
                Bytes.fromHexString("0x263dbd792f5b1be47ed85f8938c0f29586af0d3ac7b977f21c278fe1462040e3"));
        assertThat(Bls.sign(key, Bytes32.ZERO).bytes())
                .isEqualTo(
                        Bytes.fromHexString(
                                "0xb6ed936746e01f8ecf281f020953fbf1f01debd5657c4a383940b020b26507f6076334f91e2366c96e9ab279fb5158090352ea1c5b0c9274504f4f0e7053af24802e51e4568d164fe986834f41e55c8e850ce1f98458c0cfc9ab380b55285a55"));
    }

    @Test
    void signsTheEmptyMessage() {
        BlsSignature signature = Bls.sign(keyOf(2), Bytes.EMPTY);
        assertThat(Bls.verify(keyOf(2).publicKey(), Bytes.EMPTY, signature)).isTrue();
        assertThat(Bls.verify(keyOf(2).publicKey(), Bytes.of(0), signature)).isFalse();
    }

    static Stream<JsonNode> malformedKeys() {
        return Vectors.cases("bls-malformed.json", "keys").stream();
    }

    @ParameterizedTest
    @MethodSource("malformedKeys")
    void refusesAMalformedKey(JsonNode vector) {
        assertThatExceptionOfType(MalformedPointException.class)
                .isThrownBy(() -> BlsPublicKey.of(Vectors.bytes(vector, "bytes")));
        assertThat(BlsPublicKey.parse(Vectors.bytes(vector, "bytes"))).isEmpty();
    }

    static Stream<JsonNode> malformedSignatures() {
        return Vectors.cases("bls-malformed.json", "signatures").stream();
    }

    @ParameterizedTest
    @MethodSource("malformedSignatures")
    void refusesAMalformedSignature(JsonNode vector) {
        assertThatExceptionOfType(MalformedPointException.class)
                .isThrownBy(() -> BlsSignature.of(Vectors.bytes(vector, "bytes")));
        assertThat(BlsSignature.parse(Vectors.bytes(vector, "bytes"))).isEmpty();
    }

    /** The bytes of a wrapped array are not a copy of it, and {@code copy()} of them is not always one. */
    @Test
    void keysAndSignaturesDoNotChangeWithTheArrayTheyWereMadeOf() {
        Bytes secret = Bytes32.leftPad(Bytes.of(2));
        Bytes key = keyOf(2).publicKey().bytes();
        Bytes signature = Bls.sign(keyOf(2), Bytes.EMPTY).bytes();
        byte[] array = secret.toArray();
        BlsSecretKey secretKey = BlsSecretKey.fromBytes(Bytes.wrap(array));
        array[31] = 3;
        assertThat(secretKey.expose()).isEqualTo(secret);
        array = key.toArray();
        BlsPublicKey publicKey = BlsPublicKey.of(Bytes.wrap(array));
        array[47] ^= 1;
        assertThat(publicKey.bytes()).isEqualTo(key);
        array = signature.toArray();
        BlsSignature parsed = BlsSignature.of(Bytes.wrap(array));
        array[95] ^= 1;
        assertThat(parsed.bytes()).isEqualTo(signature);
    }

    @Test
    void refusesNullBeforeTheNativeLibrarySeesIt() {
        BlsPublicKey key = keyOf(2).publicKey();
        BlsSignature signature = Bls.sign(keyOf(2), Bytes.EMPTY);
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> Bls.verify(key, null, signature));
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> Bls.verify(null, Bytes.EMPTY, signature));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> Bls.verify(key, Bytes.EMPTY, null));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> Bls.sign(null, Bytes.EMPTY));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> BlsPublicKey.of((Bytes) null));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> BlsSignature.of(null));
    }

    @Test
    void aSecretKeyLiesBetweenZeroAndTheOrder() {
        Bytes order = Bytes.wrap(Bls.ORDER.toByteArray());
        assertThatIllegalArgumentException().isThrownBy(() -> BlsSecretKey.fromBytes(Bytes32.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> BlsSecretKey.fromBytes(order));
        assertThatIllegalArgumentException().isThrownBy(() -> BlsSecretKey.fromBytes(Bytes32.repeat((byte) 0xff)));
        assertThatIllegalArgumentException().isThrownBy(() -> BlsSecretKey.fromBytes(Bytes.of(1)));
        assertThat(BlsSecretKey.fromBytes(
                        Bytes.wrap(Bls.ORDER.subtract(BigInteger.ONE).toByteArray())))
                .isNotNull();
    }

    @Test
    void randomKeysDifferSignAndAreNotPrinted() {
        SecureRandom random = new SecureRandom();
        BlsSecretKey key = BlsSecretKey.random(random);
        assertThat(key.publicKey()).isNotEqualTo(BlsSecretKey.random(random).publicKey());
        assertThat(BlsSecretKey.fromBytes(key.expose()).publicKey()).isEqualTo(key.publicKey());
        assertThat(key.toString()).isEqualTo("[REDACTED]");
    }

    private static BlsSecretKey keyOf(int number) {
        return BlsSecretKey.fromBytes(Bytes32.leftPad(Bytes.of(number)));
    }
}
