package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Secp256k1PublicKeyTest {

    /** The generator (SEC 2, 2.4.1): the key of the secret number 1. */
    private static final Bytes X =
            Bytes.fromHexString("0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

    private static final Bytes Y =
            Bytes.fromHexString("0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
    private static final Bytes GENERATOR = Bytes.concatenate(Bytes.of(2), X);

    @Test
    void isThePointInItsThirtyThreeBytes() {
        Secp256k1PublicKey key = Secp256k1PublicKey.of(GENERATOR);
        assertThat(key.bytes()).isEqualTo(GENERATOR);
        assertThat(key.uncompressed()).isEqualTo(Bytes.concatenate(Bytes.of(4), X, Y));
        assertThat(key).hasToString(GENERATOR.toUnprefixedHexString());
        assertThat(secretKey(1).publicKey()).isEqualTo(key);
    }

    @Test
    void isEqualByItsBytes() {
        Bytes odd = Bytes.concatenate(Bytes.of(3), X);
        assertThat(Secp256k1PublicKey.of(GENERATOR))
                .isEqualTo(Secp256k1PublicKey.parse(GENERATOR).orElseThrow())
                .hasSameHashCodeAs(Secp256k1PublicKey.of(GENERATOR.copy()))
                .isNotEqualTo(Secp256k1PublicKey.of(odd));
    }

    @Test
    void doesNotChangeWithTheBytesItWasMadeOf() {
        byte[] bytes = GENERATOR.toArray();
        Secp256k1PublicKey key = Secp256k1PublicKey.of(Bytes.wrap(bytes));
        bytes[0] = 3;
        assertThat(key.bytes()).isEqualTo(GENERATOR);
    }

    static Stream<Map.Entry<String, Bytes>> otherEncodings() {
        Stream<Map.Entry<String, Bytes>> prefixes = IntStream.range(0, 256)
                .filter(prefix -> prefix != 2 && prefix != 3)
                .mapToObj(prefix -> Map.entry("prefix " + prefix, Bytes.concatenate(Bytes.of(prefix), X)));
        return Stream.concat(
                prefixes,
                Stream.of(
                        Map.entry("nothing", Bytes.EMPTY),
                        Map.entry("infinity as SEC 1 writes it", Bytes.of(0)),
                        Map.entry("abscissa alone", X),
                        Map.entry("one byte short", GENERATOR.slice(0, 32)),
                        Map.entry("one byte long", Bytes.concatenate(GENERATOR, Bytes.of(0))),
                        Map.entry("uncompressed", Bytes.concatenate(Bytes.of(4), X, Y)),
                        Map.entry("hybrid", Bytes.concatenate(Bytes.of(6), X, Y)),
                        Map.entry("hybrid of the wrong parity", Bytes.concatenate(Bytes.of(7), X, Y)),
                        Map.entry("coordinates alone", Bytes.concatenate(X, Y)),
                        Map.entry("abscissa of no point", compressed("05")),
                        Map.entry("abscissa zero", compressed("00")),
                        Map.entry(
                                "abscissa p",
                                compressed("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")),
                        Map.entry(
                                "abscissa p + 1, another spelling of 1",
                                compressed("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30")),
                        Map.entry("abscissa of ones", compressed("ff".repeat(32)))));
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void refusesEveryOtherEncoding(Map.Entry<String, Bytes> encoding) {
        assertThatExceptionOfType(MalformedPointException.class)
                .isThrownBy(() -> Secp256k1PublicKey.of(encoding.getValue()));
        assertThat(Secp256k1PublicKey.parse(encoding.getValue())).isEmpty();
    }

    @Test
    void abscissaOneIsThatOfAPoint() {
        assertThat(Secp256k1PublicKey.parse(compressed("01"))).isPresent();
    }

    @Test
    void verifiesWhatItsSecretKeySignedAndNothingElse() {
        Bytes32 digest = Bytes32.leftPad(Bytes.of(9));
        Bytes signature = secretKey(7).signCompact(digest);
        assertThat(Secp256k1.verify(secretKey(7).publicKey(), digest, signature))
                .isTrue();
        assertThat(Secp256k1.verify(secretKey(8).publicKey(), digest, signature))
                .isFalse();
        assertThat(Secp256k1.verify(secretKey(7).publicKey(), Bytes32.ZERO, signature))
                .isFalse();
    }

    @Test
    void aSignatureHasSixtyFourBytes() {
        Bytes32 digest = Bytes32.leftPad(Bytes.of(9));
        Bytes signature = secretKey(7).signCompact(digest);
        assertThat(signature.size()).isEqualTo(Secp256k1.COMPACT_SIZE);
        for (Bytes other : new Bytes[] {
            Bytes.EMPTY,
            signature.slice(1),
            Bytes.concatenate(signature, Bytes.of(0)),
            secretKey(7).sign(digest)
        }) {
            assertThat(Secp256k1.verify(secretKey(7).publicKey(), digest, other))
                    .isFalse();
        }
    }

    private static Bytes compressed(String abscissa) {
        return Bytes.concatenate(Bytes.of(2), Bytes32.leftPad(Bytes.fromHexString(abscissa)));
    }

    private static Secp256k1SecretKey secretKey(int number) {
        return Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.of(number)));
    }
}
