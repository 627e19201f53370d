package io.pbts.announce.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients write into Host, and what nobody means by it. */
class HostFieldTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tracker.example.org",
                "tracker.example.org:6969",
                "198.51.100.7:6969",
                "[2001:db8::7]",
                "[2001:db8::7]:6969",
                "2001:db8::7",
                "2001:db8::7:6969",
                "2001:db8:0:0:0:0:0:7",
                "2001:db8:0:0:0:0:0:7:6969",
                "::1"
            })
    void namesAndAddressesAreHosts(String host) {
        assertThat(isValid(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a/b",
                "a@b",
                "a,b",
                "[::1",
                "a:b:c",
                "1:2:3",
                "a:99999x",
                "a:123456",
                "::x",
                ":",
                "2001:db8::7/"
            })
    void nothingElseIs(String host) {
        assertThat(isValid(host)).isFalse();
    }

    /** Among other bytes, as in a head. */
    private static boolean isValid(String host) {
        byte[] bytes = (":" + host + ":").getBytes(StandardCharsets.US_ASCII);
        return HostField.isValid(bytes, 1, bytes.length - 1);
    }
}
