package io.pbts.protocol.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.SignInVerdict.Accepted;
import io.pbts.protocol.signin.SignInVerdict.Refusal;
import io.pbts.protocol.signin.SignInVerdict.Refused;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LoginMessageTest {

    static Stream<JsonNode> vectors() {
        return Vectors.cases("signin.json", "bls").stream();
    }

    private static LoginMessage message(JsonNode vector) {
        return new LoginMessage(
                SigningPurpose.ofWireName(Vectors.text(vector, "purpose")).orElseThrow(),
                InstanceId.fromHex(Vectors.text(vector, "instance_id")),
                BlsPublicKey.of(Vectors.bytes(vector, "public_key")),
                LoginNonce.parse(Vectors.text(vector, "nonce")).orElseThrow(),
                Long.parseLong(Vectors.text(vector, "expiry")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesSignsAndReadsTheBytesThatNobleSigned(JsonNode vector) {
        LoginMessage message = message(vector);
        BlsSecretKey key = BlsSecretKey.fromBytes(Vectors.bytes(vector, "secret_key"));
        BlsSignature signature = BlsSignature.of(Vectors.bytes(vector, "signature"));
        assertThat(message.signedBytes())
                .isEqualTo(Vectors.bytes(vector, "signed_bytes"))
                .extracting(Bytes::size)
                .isEqualTo(LoginMessage.SIGNED_SIZE);
        assertThat(LoginMessage.parse(message.signedBytes())).contains(message);
        assertThat(Bls.sign(key, message.signedBytes())).isEqualTo(signature);
        assertThat(message.verify(signature, Instant.EPOCH)).isEqualTo(new Accepted());
    }

    @Test
    void countsUntilItsLastSecondIsOver() {
        JsonNode vector = vectors().findFirst().orElseThrow();
        LoginMessage message = message(vector);
        BlsSignature signature = BlsSignature.of(Vectors.bytes(vector, "signature"));
        Instant end = Instant.ofEpochSecond(message.expiry() + 1);
        assertThat(message.verify(signature, end.minusNanos(1))).isEqualTo(new Accepted());
        assertThat(message.verify(signature, end)).isEqualTo(new Refused(Refusal.CHALLENGE_EXPIRED));
    }

    @Test
    void aSignatureServesOneMessageAlone() {
        vectors().forEach(signed -> vectors()
                .filter(other -> !other.equals(signed))
                .forEach(other -> assertThat(message(other)
                                .verify(BlsSignature.of(Vectors.bytes(signed, "signature")), Instant.EPOCH))
                        .isEqualTo(new Refused(Refusal.INVALID_SIGNATURE))));
    }

    @Test
    void everyFlippedBitIsAnotherMessageOrNone() {
        LoginMessage message = message(vectors().findFirst().orElseThrow());
        for (int bit = 0; bit < LoginMessage.SIGNED_SIZE * 8; bit++) {
            byte[] flipped = message.signedBytes().toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Bytes bytes = Bytes.wrap(flipped);
            LoginMessage.parse(bytes).ifPresent(other -> {
                assertThat(other).isNotEqualTo(message);
                assertThat(other.signedBytes()).isEqualTo(bytes);
            });
        }
    }

    @Test
    void bytesWithAnotherTagVersionPurposePaddingTimeOrLengthAreNoLogin() {
        Bytes good = message(vectors().findFirst().orElseThrow()).signedBytes();
        int[] places = {0, 9, 10, 11, 44, 92, 107, 124};
        for (int place : places) {
            byte[] bytes = good.toArray();
            bytes[place] = (byte) 0x84;
            assertThat(LoginMessage.parse(Bytes.wrap(bytes)))
                    .as("byte " + place)
                    .isEmpty();
        }
        assertThat(LoginMessage.parse(good.slice(0, 131))).isEmpty();
        assertThat(LoginMessage.parse(Bytes.concatenate(good, Bytes.of(0)))).isEmpty();
        assertThat(LoginMessage.parse(Bytes.EMPTY)).isEmpty();
    }

    @Test
    void aTimeBefore1970IsNone() {
        LoginMessage good = message(vectors().findFirst().orElseThrow());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoginMessage(good.purpose(), good.instance(), good.key(), good.nonce(), -1));
    }

    @Test
    void noncesAreRandom() throws Exception {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(1);
        assertThat(Stream.generate(() -> LoginNonce.random(random)).limit(1_000).distinct())
                .hasSize(1_000);
    }
}
