package io.pbts.contract.settlement.feed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CreditItemTest {
    private static final String ROOT = "ab".repeat(32);

    @Test
    void takesABatchThatBalances() {
        assertThatCode(() -> new CreditItem(1, 2, ROOT, List.of(delta("01", 5, 0), delta("02", 0, 5))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesABatchWhoseUploadsAreNotItsDownloads() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditItem(7, 2, ROOT, List.of(delta("01", 5, 0), delta("02", 0, 4))))
                .withMessageContaining("batch 7 does not balance");
    }

    @Test
    void refusesABatchWithoutReceiptsOrAccounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditItem(7, 0, ROOT, List.of(delta("01", 5, 0), delta("02", 0, 5))));
        assertThatIllegalArgumentException().isThrownBy(() -> new CreditItem(7, 1, ROOT, List.of()));
    }

    @Test
    void refusesNegativeAmountsAndShortHashes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditItem(7, 1, ROOT, List.of(delta("01", -5, 0), delta("02", 0, -5))).sums());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditItem(7, 1, "abcd", List.of(delta("01", 5, 5))).root());
    }

    private static CreditItem.Delta delta(String firstByte, long up, long down) {
        return new CreditItem.Delta(firstByte.repeat(32), up, down);
    }
}
