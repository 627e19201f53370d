package io.pbts.announce.rule;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRulesTest {

    private static ClientRules rules(String allowed, String denied) {
        return new ClientRules(new RuleProperties(prefixes(allowed), prefixes(denied), List.of()));
    }

    private static List<PeerIdPrefix> prefixes(String list) {
        return Stream.of(list.split(";"))
                .filter(text -> !text.isEmpty())
                .map(PeerIdPrefix::of)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', -XX0001-000000000000, true",
        "-TR;-qB4, '', -TR4050-000000000000, true",
        "-TR;-qB4, '', -qB3990-000000000000, false",
        "'', -XL;M7-9, -XL0012-000000000000, false",
        "'', -XL;M7-9, M7-9-2--000000000000, false",
        "'', -XL;M7-9, -TR4050-000000000000, true",
        "-TR, -TR2, -TR2940-000000000000, false"
    })
    void admitsWhoIsAllowedAndNotDenied(String allowed, String denied, String peerId, boolean admitted) {
        assertThat(rules(allowed, denied).admitsClient(peerId.getBytes(US_ASCII)))
                .isEqualTo(admitted);
    }

    @Test
    void deniesBothEndsOfARangeOfPorts() {
        var rules = new ClientRules(
                new RuleProperties(List.of(), List.of(), List.of(PortRange.of("22"), PortRange.of(" 6346-6347"))));
        assertThat(Stream.of(21, 22, 23, 6345, 6346, 6347, 6348, 65_535).filter(port -> !rules.admitsPort(port)))
                .containsExactly(22, 6346, 6347);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "9-3", "-5", "5-", "http", ""})
    void refusesWhatIsNoRangeOfPorts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PortRange.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-T R", "-TR,-UT", "123456789012345678901", "-\u00dcT"})
    void refusesWhatNoPeerIdBeginsWith(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerIdPrefix.of(text));
    }
}
