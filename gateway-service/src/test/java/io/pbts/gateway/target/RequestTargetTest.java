package io.pbts.gateway.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/announce?a=[1] /announce?a=%5B1%5D",
                "/announce?a=\"<>^`{|}\\# /announce?a=%22%3C%3E%5E%60%7B%7C%7D%5C%23",
                "/announce?a=%zz%1 /announce?a=%25zz%251",
                "/announce?a=% /announce?a=%25",
                "/announce?a=\u0001\u00e9 /announce?a=%01%E9",
                "/announce? /announce?",
                "/announce?a?b /announce?a?b",
                "/user/a\"b /user/a%22b"
            })
    void escapesWhatRfc3986DoesNotAllow(String sent, String legal) {
        assertThat(RequestTarget.of(sent).legal()).isEqualTo(legal);
    }

    @Test
    void reducesAbsoluteFormToOriginForm() {
        assertThat(RequestTarget.of("http://other.test:80/announce?x").sent()).isEqualTo("/announce?x");
        assertThat(RequestTarget.of("HTTPS://other.test?x").sent()).isEqualTo("/?x");
        assertThat(RequestTarget.of("http://other.test").sent()).isEqualTo("/");
    }

    @Test
    void makesOtherFormsAPathThatNoRouteHas() {
        assertThat(RequestTarget.of("*").legalPath()).isEqualTo("/*");
        assertThat(RequestTarget.of("other.test:443").legalPath()).isEqualTo("/other.test:443");
    }

    @Test
    void carriesOnlyVisibleAsciiInAHeader() {
        assertThat(RequestTarget.of("/announce?[]").isPrintable()).isTrue();
        assertThat(RequestTarget.of("/announce?\u00e9").isPrintable()).isFalse();
        assertThat(RequestTarget.of("/announce?a\r\nHost: b").isPrintable()).isFalse();
    }
}
