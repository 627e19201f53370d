package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    @Test
    void aNewcomerWithCreditMayDownloadAndHasNoBound() {
        assertThat(Verdict.of(new Totals(0, 0, 0, 0, 1), HALF)).isEqualTo(new Verdict(true, null, 0));
    }

    @Test
    void anEmptyHandedNewcomerOwesOneByteAndShowsZero() {
        assertThat(Verdict.of(new Totals(0, 0, 0, 0, 0), HALF))
                .isEqualTo(new Verdict(false, new BigDecimal("0.00"), 1));
    }

    @Test
    void theMinimumItselfIsEnough() {
        assertThat(Verdict.of(new Totals(50, 100, 0, 0, 0), HALF))
                .isEqualTo(new Verdict(true, new BigDecimal("0.50"), 0));
    }

    @Test
    void oneByteBelowTheMinimumIsRefusedAndPrintedBelowIt() {
        assertThat(Verdict.of(new Totals(499_999, 1_000_000, 0, 0, 0), HALF))
                .isEqualTo(new Verdict(false, new BigDecimal("0.49"), 1));
    }

    @Test
    void aQuarterOfAGibibyteIsOwedAsTheDocumentsShow() {
        assertThat(Verdict.of(new Totals(1L << 28, 1L << 30, 0, 0, 0), HALF))
                .isEqualTo(new Verdict(false, new BigDecimal("0.25"), 268_435_456));
    }

    @Test
    void heldBytesRefuseAndAreOwedAtTheMinimumRatioRoundedUp() {
        assertThat(Verdict.of(new Totals(1000, 100, 3, 0, 0), HALF))
                .isEqualTo(new Verdict(false, new BigDecimal("10.00"), 2));
    }

    @Test
    void whatTheClientAnnouncedCountsWhenItIsMoreAndIsNeverAdded() {
        assertThat(Verdict.of(new Totals(50, 100, 0, 90, 0), HALF).allowed()).isTrue();
        assertThat(Verdict.of(new Totals(50, 100, 0, 200, 0), HALF))
                .isEqualTo(new Verdict(false, new BigDecimal("0.25"), 50));
    }

    @Test
    void aMinimumOfZeroRefusesNobody() {
        assertThat(Verdict.of(new Totals(0, 0, 0, 0, 0), BigDecimal.ZERO).allowed())
                .isTrue();
        assertThat(Verdict.of(new Totals(0, 100, 0, 0, 0), BigDecimal.ZERO).allowed())
                .isTrue();
    }

    @Test
    void whatIsOwedNeverOverflows() {
        var extreme = new Totals(0, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);

        assertThat(Verdict.of(extreme, new BigDecimal("1000")).bytesOwed()).isEqualTo(Long.MAX_VALUE);
        assertThat(Verdict.of(new Totals(Long.MAX_VALUE, 1, 0, 0, Long.MAX_VALUE), HALF)
                        .allowed())
                .isTrue();
    }

    @Test
    void thePrintedMinimumHasTwoDecimalsOrAllThatWereSet() {
        assertThat(Policy.printed(new BigDecimal("0.5000"))).isEqualTo("0.50");
        assertThat(Policy.printed(new BigDecimal("10.0000"))).isEqualTo("10.00");
        assertThat(Policy.printed(new BigDecimal("0.3330"))).isEqualTo("0.333");
        assertThat(new Policy(new BigDecimal("10.0000"), 0).shortestMinRatio().toPlainString())
                .isEqualTo("10");
    }
}
