package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RegistrationMessageTest {

    static Stream<JsonNode> registrations() {
        return Vectors.cases("accounts.json", "registrations").stream();
    }

    @ParameterizedTest
    @MethodSource("registrations")
    void isWhatTheOriginalTrackerSigns(JsonNode vector) {
        RegistrationMessage message = new RegistrationMessage(
                InstanceId.fromHex(Vectors.text(vector, "instance_id")), new UserId(Vectors.text(vector, "user_id")));
        assertThat(message.signedBytes()).isEqualTo(Vectors.bytes(vector, "signed_bytes"));
        assertThat(Bls.verify(
                        BlsPublicKey.of(Vectors.bytes(vector, "public_key")),
                        message.signedBytes(),
                        BlsSignature.of(Vectors.bytes(vector, "signature"))))
                .isTrue();
    }
}
