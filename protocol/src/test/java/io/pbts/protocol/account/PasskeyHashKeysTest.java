package io.pbts.protocol.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PasskeyHashKeysTest {
    private static final String OLD = "01".repeat(32);
    private static final String NEW = "02".repeat(32);
    private final Passkey passkey = new Passkey("a".repeat(32));

    @Test
    void hashNewPasskeysUnderTheFirstAndLookForKnownOnesUnderEach() {
        var keys = PasskeyHashKeys.parse(NEW + "\n" + OLD + "\n");
        assertThat(keys.current(passkey)).isEqualTo(passkey.hash(PasskeyHashKey.fromHex(NEW)));
        assertThat(keys.candidates(passkey))
                .containsExactly(passkey.hash(PasskeyHashKey.fromHex(NEW)), passkey.hash(PasskeyHashKey.fromHex(OLD)));
    }

    @Test
    void refuseNoneAndTooMany() {
        assertThatIllegalArgumentException().isThrownBy(() -> PasskeyHashKeys.parse("\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> PasskeyHashKeys.parse((NEW + "\n").repeat(5)));
    }

    @Test
    void areNeverPrinted() {
        assertThat(PasskeyHashKeys.parse(NEW)).hasToString("[REDACTED]");
    }
}
