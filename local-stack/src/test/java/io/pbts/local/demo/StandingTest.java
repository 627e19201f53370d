package io.pbts.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0.00", "25165824, 67108864, 0, 0.37", "0, 67108864, 1073741824, 16.00", "199, 200, 0, 0.99"})
    void roundsRatiosDownAsRefusalsDo(long up, long down, long credit, String floor) {
        assertThat(new Standing(up, down, credit, false, 1, "").floor()).isEqualTo(floor);
    }
}
