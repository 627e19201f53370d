package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.standing.LedgerDatabase.Entry;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What headroom says is what the ledger's function does, to the byte. */
class HeadroomPropertyTest {
    private static final LedgerDatabase LEDGER = LedgerDatabase.with("0.5", 100);

    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 67108864",
        "2, 0.5, 0",
        "3, 0.3333, 77777",
        "4, 1, 1",
        "5, 2.5, 1000000",
        "6, 0.0001, 3",
        "7, 1000, 1125899906842624",
        "8, 0.0007, 0"
    })
    void theLedgerCreditsTheHeadroomAndNotAByteMore(long seed, String minRatio, long overdraft) throws SQLException {
        var random = new Random(seed);
        var policy = new Policy(new BigDecimal(minRatio), overdraft);
        LEDGER.policy(minRatio, overdraft);
        long sender = LEDGER.account(0);
        int withRoom = 0;
        try (Connection receipts = LEDGER.as("receipt_app")) {
            receipts.setAutoCommit(false);
            for (int i = 0; i < 20; i++) {
                var totals = new Totals(some(random), some(random), 0, some(random), some(random));
                long receiver = LEDGER.account(totals);
                Long room = Headroom.of(totals, policy).bytes();
                assertThat(room).isNotNull();
                if (room > 0) {
                    assertThat(credited(receipts, sender, receiver, room))
                            .as("%s: %d", totals, room)
                            .isTrue();
                    withRoom++;
                }
                assertThat(credited(receipts, sender, receiver, room + 1))
                        .as("%s: %d and one", totals, room)
                        .isFalse();
            }
        }
        assertThat(withRoom).isPositive();
    }

    @Test
    void isNoneWhileAnythingIsHeldHoweverMuchThereWouldBe() throws SQLException {
        var policy = new Policy(new BigDecimal("0.5"), 100);
        LEDGER.policy("0.5", 100);
        var totals = new Totals(1_000_000, 0, 1, 0, 0);
        assertThat(Headroom.of(totals, policy)).isEqualTo(new Headroom(0L, 1, false));
        try (Connection receipts = LEDGER.as("receipt_app")) {
            receipts.setAutoCommit(false);
            assertThat(credited(receipts, LEDGER.account(0), LEDGER.account(totals), 1))
                    .isFalse();
        }
    }

    @Test
    void hasNoBoundWhenTheMinimumRatioIsZero() {
        var policy = new Policy(new BigDecimal("0.0000"), 0);
        assertThat(Headroom.of(new Totals(0, 5, 0, 0, 0), policy)).isEqualTo(new Headroom(null, 0, true));
        assertThat(Headroom.of(new Totals(0, 5, 7, 0, 0), policy).bytes()).isZero();
    }

    @Test
    void neverPromisesMoreThanATotalCanHold() throws SQLException {
        LEDGER.policy("0.0001", 0);
        var totals = new Totals(0, 5, 0, 0, Long.MAX_VALUE / 2);
        Long room = Headroom.of(totals, new Policy(new BigDecimal("0.0001"), 0)).bytes();
        assertThat(room).isEqualTo(Long.MAX_VALUE - 5);
        try (Connection receipts = LEDGER.as("receipt_app")) {
            receipts.setAutoCommit(false);
            assertThat(credited(receipts, LEDGER.account(0), LEDGER.account(totals), room))
                    .isTrue();
        }
    }

    private static boolean credited(Connection receipts, long sender, long receiver, long bytes) throws SQLException {
        boolean credited = LedgerDatabase.applyCredit(receipts, List.of(new Entry(sender, receiver, bytes)))
                .getFirst();
        receipts.rollback();
        return credited;
    }

    private static long some(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(10);
            case 2 -> random.nextInt(1 << 20);
            default -> random.nextLong(1L << 40);
        };
    }
}
