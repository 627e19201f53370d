package io.pbts.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeesTest {
    private static final long GWEI = 1_000_000_000L;
    private static final SubmissionProperties LIMITS =
            new SubmissionProperties(100, 2, null, 16_777_216, 25, null, 4, 64, Duration.ofSeconds(3));

    @Test
    void leaveRoomForTheBaseFeeToDouble() {
        Fees fees = Fees.suggested(gwei(10), gwei(1), LIMITS);
        assertThat(fees).isEqualTo(new Fees(21 * GWEI, GWEI));
    }

    @Test
    void neverPassTheCaps() {
        Fees fees = Fees.suggested(gwei(500), gwei(50), LIMITS);
        assertThat(fees).isEqualTo(new Fees(100 * GWEI, 2 * GWEI));
        assertThat(fees.covers(gwei(500))).isFalse();
        assertThat(fees.covers(gwei(100))).isTrue();
    }

    @Test
    void riseByAnEighthAtLeastSoThatNodesTakeTheReplacement() {
        Fees raised = new Fees(1001, 9).raised(new Fees(10, 10));
        assertThat(raised.most() * 1000).isGreaterThanOrEqualTo(1001 * 1125);
        assertThat(raised.tip() * 1000).isGreaterThanOrEqualTo(9 * 1125);
    }

    @Test
    void riseToWhatIsSuggestedNowWhenThatIsMore() {
        assertThat(new Fees(1000, 10).raised(new Fees(5000, 40))).isEqualTo(new Fees(5000, 40));
    }

    @Test
    void areNotWithinLimitsAboveTheCap() {
        assertThat(new Fees(100 * GWEI, 1).within(LIMITS)).isTrue();
        assertThat(new Fees(100 * GWEI, 1).raised(new Fees(1, 1)).within(LIMITS))
                .isFalse();
    }

    private static BigInteger gwei(long amount) {
        return BigInteger.valueOf(amount * GWEI);
    }
}
