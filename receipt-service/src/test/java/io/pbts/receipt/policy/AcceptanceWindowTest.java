package io.pbts.receipt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.receipt.policy.AcceptanceWindow.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceWindowTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.900Z");
    private static final long NOW = NOON.getEpochSecond();
    private final AcceptanceWindow window = new AcceptanceWindow(3600, 120);

    @ParameterizedTest
    @CsvSource({"-3600, OPEN", "-3601, STALE", "0, OPEN", "120, OPEN", "121, FUTURE"})
    void includesBothEndsAndNotASecondMore(long offset, Verdict verdict) {
        assertThat(window.judge(NOW + offset, NOON)).isEqualTo(verdict);
    }

    @Test
    void takesMillisecondsForTheFuture() {
        assertThat(window.judge(NOON.toEpochMilli(), NOON)).isEqualTo(Verdict.FUTURE);
    }

    @Test
    void doesNotOverflowAtTheEndsOfTheNumberRange() {
        assertThat(window.judge(Long.MAX_VALUE, NOON)).isEqualTo(Verdict.FUTURE);
        assertThat(window.judge(Long.MIN_VALUE, NOON)).isEqualTo(Verdict.STALE);
    }

    @Test
    void hasNoNegativeWidth() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AcceptanceWindow(-1, 0));
    }
}
