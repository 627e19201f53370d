package io.pbts.support.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesPropertiesTest {
    @Test
    void noAddressIsNoTraces() {
        assertThat(new TracesProperties("", 0.1).isOn()).isFalse();
        assertThat(new TracesProperties(" ", 0.1).isOn()).isFalse();
        assertThat(new TracesProperties("http://collector:4318/v1/traces", 0.1).isOn())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareIsBetweenNoneAndAll(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracesProperties("", share))
                .withMessageContaining("PBTS_TRACES_SHARE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"collector:4318", "/v1/traces", "grpc://collector:4317", "http://a b", "http://me:pw@collector"})
    void aCollectorIsAnHttpAddressWithoutAPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracesProperties(url, 0.1))
                .withMessageContaining("PBTS_TRACES_URL")
                .withMessageNotContaining("pw");
    }
}
