package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.Secp256k1.Reason;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class Secp256k1Test {

    private static final JsonNode VECTORS = Vectors.read("wallets.json");
    private static final Bytes32 MESSAGE = Bytes32.wrap(Vectors.bytes(VECTORS, "message"));
    private static final Bytes SIGNATURE = Vectors.bytes(VECTORS, "signature");
    private static final EthereumAddress SIGNER = EthereumAddress.parse(Vectors.text(VECTORS, "address"));
    private static final Secp256k1SecretKey KEY =
            Secp256k1SecretKey.fromBytes(Bytes32.wrap(Vectors.bytes(VECTORS, "secret_key")));

    @Test
    void recoversTheSignerOfAPersonalMessage() {
        assertThat(Secp256k1.recoverPersonal(MESSAGE, SIGNATURE)).isEqualTo(new Recovery.Signer(SIGNER));
    }

    @Test
    void signsTheSameBytesAsNoble() {
        assertThat(KEY.signPersonal(MESSAGE)).isEqualTo(SIGNATURE);
        assertThat(KEY.address()).isEqualTo(SIGNER);
        assertThat(KEY.toString()).isEqualTo("[REDACTED]");
    }

    @Test
    void aSignatureOverTheDigestItselfIsNotOneOverThePersonalMessage() {
        Bytes signature = KEY.sign(MESSAGE);
        assertThat(Secp256k1.recover(MESSAGE, signature)).isEqualTo(new Recovery.Signer(SIGNER));
        assertThat(Secp256k1.recoverPersonal(MESSAGE, signature)).isNotEqualTo(new Recovery.Signer(SIGNER));
    }

    static Stream<JsonNode> rejected() {
        return Vectors.list(VECTORS.required("rejected")).stream();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void refusesEveryOtherSpelling(JsonNode vector) {
        assertThat(Secp256k1.recoverPersonal(MESSAGE, Vectors.bytes(vector, "signature")))
                .isEqualTo(new Recovery.Rejected(Reason.valueOf(Vectors.text(vector, "reason"))));
    }

    @Test
    void anyFlippedBitOfASignatureLosesTheSigner() {
        for (int bit = 0; bit < SIGNATURE.size() * 8; bit++) {
            byte[] flipped = SIGNATURE.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Secp256k1.recoverPersonal(MESSAGE, Bytes.wrap(flipped)))
                    .isNotEqualTo(new Recovery.Signer(SIGNER));
        }
    }

    @Test
    void threadsMayAskAtTheSameTime() {
        Bytes noKey = Bytes.concatenate(Bytes32.leftPad(Bytes.of(5)), Bytes32.leftPad(Bytes.of(5)), Bytes.of(27));
        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> Secp256k1.recoverPersonal(MESSAGE, i % 2 == 0 ? SIGNATURE : noKey))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())))
                .containsOnly(
                        entry(new Recovery.Signer(SIGNER), 1_000L),
                        entry(new Recovery.Rejected(Reason.NO_KEY), 1_000L));
    }

    @Test
    void aSecretKeyLiesBetweenZeroAndTheOrder() {
        Bytes32 order =
                Bytes32.leftPad(Bytes.wrap(Secp256k1.ORDER.toByteArray()).trimLeadingZeros());
        assertThatIllegalArgumentException().isThrownBy(() -> Secp256k1SecretKey.fromBytes(Bytes32.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Secp256k1SecretKey.fromBytes(order));
    }
}
