package io.pbts.receipt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollusionBoundTest {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    private static final BigInteger HUNDRED_GIB = BigInteger.valueOf(100 * GIB);

    /** k, days, r, C, O, P, T, S; W and the gain, all by hand. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.5, 100, 20, 7, 1000, 1, 0, 240",
        "2, 1, 0.5, 100, 20, 7, 1000, 1, 14, 494",
        "2, 3, 0.5, 100, 20, 7, 1000, 1, 42, 522",
        "2, 1000, 0.5, 100, 20, 7, 1000, 1, 2000, 2480",
        "2, 1000, 0.5, 100, 20, 7, 1000, 3, 6000, 6480",
        "3, 1, 0.3333, 0, 1, 5, 1000, 1, 30, 69",
        "2, 1, 1, 100, 20, 7, 1000, 1, 14, 240",
        "2, 1, 2.5, 100, 20, 7, 1000, 1, 14, 96",
        "2, 1, 0.75, 0, 0, 7, 0, 1, 0, 0",
    })
    void isWhatTheFormulaSays(
            int identities,
            int days,
            String minRatio,
            long credit,
            long overdraft,
            long pairCap,
            long catalogue,
            int downloads,
            long washable,
            long gain) {
        var bound = new CollusionBound(
                new BigDecimal(minRatio), credit, overdraft, pairCap, BigInteger.valueOf(catalogue), downloads);
        assertThat(bound.washableBytes(identities, days)).isEqualTo(washable);
        assertThat(bound.gainBytes(identities, days)).contains(BigInteger.valueOf(gain));
    }

    @Test
    void isWhatTheSecurityDocumentSaysOfTheDefaults() {
        var bound = new CollusionBound(new BigDecimal("0.5"), GIB, 64 * MIB, 1L << 40, HUNDRED_GIB, 1);
        assertThat(bound.gainBytes(10, 1)).contains(BigInteger.valueOf(1021 * GIB + GIB / 4));
        assertThat(bound.gainBytes(1, 1)).contains(BigInteger.valueOf(2 * GIB + GIB / 8));
        assertThat(bound.gainBytes(2, 1)).contains(BigInteger.valueOf(204 * GIB + GIB / 4));
        var tighter = new CollusionBound(new BigDecimal("0.5"), GIB, 64 * MIB, GIB, HUNDRED_GIB, 1);
        assertThat(tighter.gainBytes(10, 1)).contains(BigInteger.valueOf(111 * GIB + GIB / 4));
    }

    @Test
    void isExactBeyondSixtyFourBits() {
        var bound = new CollusionBound(
                new BigDecimal("0.0001"), 1L << 50, 1L << 50, 1L << 60, BigInteger.ONE.shiftLeft(80), 1);
        BigInteger k = BigInteger.valueOf(1_000_000);
        BigInteger washed = k.shiftLeft(80);
        assertThat(bound.washableBytes(1_000_000, 3650)).isEqualTo(washed);
        assertThat(bound.gainBytes(1_000_000, 3650))
                .contains(k.shiftLeft(51)
                        .multiply(BigInteger.valueOf(10_000))
                        .add(washed.multiply(BigInteger.valueOf(9_999))));
    }

    @Test
    void hasNoBoundWhenNoRatioIsAsked() {
        var bound = new CollusionBound(new BigDecimal("0.000"), 1, 1, 1, HUNDRED_GIB, 1);
        assertThat(bound.gainBytes(1, 1)).isEmpty();
    }

    @Test
    void isOfNoNegativeNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CollusionBound(BigDecimal.ONE, -1, 0, 1, BigInteger.ONE, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CollusionBound(BigDecimal.ONE, 0, 0, 1, BigInteger.ONE, 1).gainBytes(0, 1));
    }
}
