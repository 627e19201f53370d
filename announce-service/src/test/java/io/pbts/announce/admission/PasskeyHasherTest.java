package io.pbts.announce.admission;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.FakeReputation;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyHasherTest {
    private final PasskeyHasher hasher = new PasskeyHasher(FakeReputation.KEY);

    @Test
    void hashesAsTheProtocolDoes() {
        PasskeyHashKey key = PasskeyHashKey.fromHex(FakeReputation.KEY);
        var random = new SecureRandom();
        for (int i = 0; i < 100; i++) {
            Passkey passkey = Passkey.generate(random);
            byte[] request = ("/" + passkey.value() + "/announce").getBytes(US_ASCII);
            assertThat(PasskeyHasher.isPasskey(request, 1, 33)).isTrue();
            assertThat(hasher.hash(request, 1).hex())
                    .isEqualTo(passkey.hash(key).hex());
            assertThat(hasher.hash(request, 1)).isEqualTo(HashedPasskey.of(passkey.hash(key)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abcdefghijklmnopqrstuvwxyz23456",
                "abcdefghijklmnopqrstuvwxyz2345677",
                "Abcdefghijklmnopqrstuvwxyz234567",
                "abcdefghijklmnopqrstuvwxyz234561",
                "abcdefghijklmnopqrstuvwxyz23456%"
            })
    void takesNothingElseForAPasskey(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        assertThat(PasskeyHasher.isPasskey(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void keepsItsKeyToItself() {
        var properties = new AdmissionProperties(
                java.net.URI.create("http://reputation.test"),
                FakeReputation.KEY,
                java.time.Duration.ofSeconds(1),
                10,
                10,
                16,
                10,
                1,
                java.time.Duration.ofSeconds(1));
        assertThat(properties.toString()).doesNotContain(FakeReputation.KEY);
    }
}
