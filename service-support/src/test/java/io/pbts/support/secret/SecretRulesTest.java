package io.pbts.support.secret;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRulesTest {
    private static final String GOOD = "9f86d081884c7d659a2feaa0c55ad015";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "changeme",
                "ChangeMe!",
                "password",
                "change-this-secret",
                "changemechangemechangemechangemechangeme",
                "00000000000000000000000000000000",
                "0123456789abcdef0123456789abcdef",
                "abababababababababababababababababab",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "9f86d081884c7d659a2feaa0c55ad01"
            })
    void inProductionAWeakValueIsRefusedWithoutBeingRepeated(String value) {
        assertThatExceptionOfType(UnusableSecret.class)
                .isThrownBy(() -> SecretRules.STRICT.require(value))
                .satisfies(refused -> {
                    if (!value.isEmpty()) {
                        org.assertj.core.api.Assertions.assertThat(refused.getMessage())
                                .doesNotContain(value);
                    }
                });
    }

    @Test
    void aRandomValueOfThirtyTwoCharactersIsAccepted() {
        assertThatNoException().isThrownBy(() -> SecretRules.STRICT.require(GOOD));
    }

    @Test
    void onADevelopersMachineOnlyAnEmptyValueIsRefused() {
        assertThatNoException().isThrownBy(() -> SecretRules.LENIENT.require("short"));
        assertThatExceptionOfType(UnusableSecret.class).isThrownBy(() -> SecretRules.LENIENT.require(""));
    }
}
