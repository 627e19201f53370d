package io.pbts.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0.00", "25165824, 67108864, 0, 0.37", "0, 67108864, 1073741824, 16.00", "199, 200, 0, 0.99"})
    void roundsRatiosDownAsRefusalsDo(long up, long down, long credit, String floor) {
        assertThat(new Standing(up, down, credit, false, 1, 0, "").floor()).isEqualTo(floor);
    }

    @Test
    void countsWhatWasAnnouncedBeyondReceipts() {
        assertThat(new Standing(0, 200, 400, true, 0, 0, "2.0"))
                .hasToString("up 0, down 200, credit 400 bytes, ratio 2.00, may download");
        assertThat(new Standing(0, 200, 400, true, 0, 50, "1.6"))
                .hasToString("up 0, down 200 and 50 without a receipt, credit 400 bytes, ratio 1.60, may download");
    }
}
