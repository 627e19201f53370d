package io.pbts.announce.passkey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.announce.testing.FakeReputation;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyHasherTest {
    private static final PasskeyKeys KEYS = PasskeyKeys.read(Secret.of(FakeReputation.KEY));

    private final PasskeyHasher hasher = new PasskeyHasher(() -> KEYS);

    @Test
    void hashesAsTheProtocolDoes() {
        PasskeyHashKey key = PasskeyHashKey.fromHex(FakeReputation.KEY);
        var random = new SecureRandom();
        for (int i = 0; i < 100; i++) {
            Passkey passkey = Passkey.generate(random);
            byte[] request = ("/" + passkey.value() + "/announce").getBytes(US_ASCII);
            assertThat(PasskeyHasher.isPasskey(request, 1, 33)).isTrue();
            assertThat(hasher.hash(0, request, 1).hex())
                    .isEqualTo(passkey.hash(key).hex());
            assertThat(hasher.hash(0, request, 1)).isEqualTo(HashedPasskey.of(passkey.hash(key)));
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
    void followsTheKeysAndHashesUnderEachOfThem() {
        String other = "1f".repeat(32);
        var keys = new AtomicReference<>(KEYS);
        var following = new PasskeyHasher(keys::get);
        Passkey passkey = Passkey.generate(new SecureRandom());
        byte[] bytes = passkey.value().getBytes(US_ASCII);
        assertThat(following.candidates()).isEqualTo(1);

        keys.set(PasskeyKeys.read(Secret.of(other + "\n" + FakeReputation.KEY + "\n")));
        assertThat(following.candidates()).isEqualTo(2);
        assertThat(List.of(
                        following.hash(0, bytes, 0).copy(),
                        following.hash(1, bytes, 0).copy()))
                .isEqualTo(keys.get().candidates(passkey))
                .containsExactly(
                        HashedPasskey.of(passkey.hash(PasskeyHashKey.fromHex(other))),
                        HashedPasskey.of(passkey.hash(PasskeyHashKey.fromHex(FakeReputation.KEY))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xyz", "00", "0000000000000000000000000000000000000000000000000000000000000000"})
    void readsNoOtherSecretAndNeverRepeatsIt(String text) {
        assertThatThrownBy(() -> PasskeyKeys.read(Secret.of(text)))
                .isInstanceOf(UnusableSecret.class)
                .hasMessageContaining("64 hexadecimal digits")
                .hasNoCause();
        assertThat(KEYS).hasToString("[REDACTED]");
    }
}
