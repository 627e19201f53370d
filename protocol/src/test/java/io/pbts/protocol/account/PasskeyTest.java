package io.pbts.protocol.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyTest {

    private static final String VALUE = "abcdefghijklmnopqrstuvwxyz234567";

    @Test
    void isNeverPrinted() {
        assertThat(new Passkey(VALUE).toString()).isEqualTo("[REDACTED]");
        assertThat(new PasskeyHashKey(Bytes32.repeat((byte) 1)).toString()).isEqualTo("[REDACTED]");
    }

    @Test
    void everySymbolOfTheAlphabetIsDrawnAndNoPasskeyTwice() {
        SecureRandom random = new SecureRandom();
        Stream<String> drawn =
                IntStream.range(0, 200).mapToObj(_ -> Passkey.generate(random).value());
        var passkeys = drawn.toList();
        assertThat(passkeys).doesNotHaveDuplicates().allMatch(value -> value.matches("[a-z2-7]{32}"));
        assertThat(String.join("", passkeys).chars().distinct().count()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abcdefghijklmnopqrstuvwxyz23456",
                "abcdefghijklmnopqrstuvwxyz2345677",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
                "abcdefghijklmnopqrstuvwxyz234568",
                "abcdefghijklmnopqrstuvwxyz23456\n"
            })
    void refusesAnythingElseWithoutRepeatingIt(String text) {
        assertThat(Passkey.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Passkey(text)).withMessage("not a passkey");
    }

    @Test
    void anotherKeyGivesAnotherHash() {
        Passkey passkey = new Passkey(VALUE);
        assertThat(passkey.hash(new PasskeyHashKey(Bytes32.repeat((byte) 1))))
                .isNotEqualTo(passkey.hash(new PasskeyHashKey(Bytes32.repeat((byte) 2))));
    }

    @Test
    void refusesAKeyOfZeros() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PasskeyHashKey(Bytes32.ZERO));
    }
}
