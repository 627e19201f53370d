package io.pbts.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Host a head may name. */
class HeadRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tracker.example.org:8000",
                "[2001:db8::7]:8000",
                "2001:db8::7:8000",
                "2001:db8:0:0:0:0:0:7:8000",
                "::1"
            })
    void namesAndAddressesAreHostsAlsoWithoutBracketsAsLibtorrentWritesThem(String host) {
        assertThat(rules(host).fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b:c", "1:2:3", "::x", "a:99999x", "[::1", "2001:db8::7/"})
    void nothingElseIs(String host) {
        assertThat(rules(host).fault()).contains("a Host that is none");
    }

    private static HeadRules rules(String host) {
        return new HeadRules("GET /announce HTTP/1.1", List.of("Host: " + host));
    }
}
