package io.pbts.protocol.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NamesTest {

    /** The examples of EIP-55, and three that noble made. */
    static Stream<String> checksummed() {
        return Stream.concat(
                Stream.of(
                        "0x52908400098527886E0F7030069857D2E4169EE7",
                        "0xde709f2102306220921060314715629080e2fb77",
                        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"),
                Vectors.list(Vectors.read("wallets.json").required("checksums")).stream()
                        .map(JsonNode::asString));
    }

    @ParameterizedTest
    @MethodSource("checksummed")
    void anAddressIsWrittenWithItsChecksumHoweverItCame(String text) {
        EthereumAddress address = EthereumAddress.parse(text);
        assertThat(address).hasToString(text);
        assertThat(EthereumAddress.parse(text.toLowerCase(Locale.ROOT))).isEqualTo(address);
        assertThat(EthereumAddress.parse("0x" + text.substring(2).toUpperCase(Locale.ROOT)))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd",
                "0xzzAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                ""
            })
    void refusesAWrongChecksumAndAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EthereumAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "Alice_2", "a.b@c-d", "................................................................"})
    void takesUserNames(String name) {
        assertThat(new UserId(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "é",
                "a/b",
                "a\n",
                ".................................................................",
                "<b>"
            })
    void refusesOtherUserNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId(name));
    }

    @Test
    void knowsANameThatBelongsToAWallet() {
        assertThat(new UserId("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed").isAddressShaped())
                .isTrue();
        assertThat(new UserId("0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED").isAddressShaped())
                .isTrue();
        assertThat(new UserId("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe").isAddressShaped())
                .isFalse();
    }

    @Test
    void keysHaveTheSizeOfTheirKindAndOneWireName() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountKey.Bls(Bytes.repeat((byte) 1, 96)));
        assertThatIllegalArgumentException().isThrownBy(() -> new EthereumAddress(Bytes.repeat((byte) 1, 32)));
        assertThat(AccountKey.Kind.ofWireName("bls")).contains(AccountKey.Kind.BLS);
        assertThat(AccountKey.Kind.ofWireName("address")).contains(AccountKey.Kind.ADDRESS);
        assertThat(AccountKey.Kind.ofWireName("BLS")).isEmpty();
    }
}
