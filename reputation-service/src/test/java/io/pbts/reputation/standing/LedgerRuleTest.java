package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.reputation.standing.LedgerDatabase.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** The rule by example: minimum ratio 0.5, overdraft 100 bytes. */
class LedgerRuleTest {
    private static final LedgerDatabase LEDGER = LedgerDatabase.with("0.5", 100);

    private final long sender = LEDGER.account(0);
    private final long receiver = LEDGER.account(0);

    @Test
    void creditMovesBothSidesByTheSameBytes() throws SQLException {
        assertThat(LEDGER.applyCredit(List.of(new Entry(sender, receiver, 150))))
                .containsExactly(true);

        assertThat(LEDGER.totals(sender)).isEqualTo(new Totals(150, 0, 0, 0, 0));
        assertThat(LEDGER.totals(receiver)).isEqualTo(new Totals(0, 150, 0, 0, 0));
    }

    @Test
    void aReceiverMayGoUpToItsOverdraftAndNotOneByteFurther() throws SQLException {
        assertThat(LEDGER.applyCredit(List.of(new Entry(sender, receiver, 200))))
                .containsExactly(true);
        assertThat(LEDGER.applyCredit(List.of(new Entry(sender, receiver, 1)))).containsExactly(false);

        assertThat(LEDGER.totals(receiver)).isEqualTo(new Totals(0, 200, 1, 0, 0));
        assertThat(LEDGER.totals(sender)).isEqualTo(new Totals(200, 0, 0, 0, 0));
    }

    @Test
    void halfAByteOverTheOverdraftIsOverIt() throws SQLException {
        assertThat(LEDGER.applyCredit(List.of(new Entry(sender, receiver, 201))))
                .containsExactly(false);
    }

    @Test
    void creditAndEarnedBytesWidenWhatAReceiverMayTake() throws SQLException {
        long granted = LEDGER.account(new Totals(25, 0, 0, 0, 75));

        assertThat(LEDGER.applyCredit(List.of(new Entry(sender, granted, 400), new Entry(sender, granted, 1))))
                .containsExactly(true, false);
    }

    @Test
    void whatComesAfterAHeldEntryWaitsBehindItHoweverSmall() throws SQLException {
        var entries = List.of(new Entry(sender, receiver, 500), new Entry(sender, receiver, 1));

        assertThat(LEDGER.applyCredit(entries)).containsExactly(false, false);
        assertThat(LEDGER.totals(receiver).held()).isEqualTo(501);
    }

    @Test
    void entriesAreJudgedInOrderWithWhatEarlierOnesOfTheBatchEarned() throws SQLException {
        long third = LEDGER.account(1000);

        assertThat(LEDGER.applyCredit(List.of(new Entry(sender, receiver, 300), new Entry(receiver, third, 100))))
                .containsExactly(false, true);

        long later = LEDGER.account(0);
        assertThat(LEDGER.applyCredit(List.of(new Entry(later, third, 100), new Entry(sender, later, 300))))
                .containsExactly(true, true);
    }

    @Test
    void heldEntriesAreReleasedOldestFirstAsFarAsTheOverdraftAllows() throws SQLException {
        long rich = LEDGER.account(1_000_000);
        var held = List.of(
                new Entry(sender, receiver, 300), new Entry(rich, receiver, 100), new Entry(sender, receiver, 1));
        assertThat(LEDGER.applyCredit(held)).containsExactly(false, false, false);

        assertThat(LEDGER.releaseHeld(receiver, held)).containsExactly(false, false, false);
        LEDGER.applyCredit(List.of(new Entry(receiver, rich, 100)));
        assertThat(LEDGER.releaseHeld(receiver, held)).containsExactly(true, true, false);

        assertThat(LEDGER.totals(receiver)).isEqualTo(new Totals(100, 400, 1, 0, 0));
        assertThat(LEDGER.totals(sender).up()).isEqualTo(300);
        assertThat(LEDGER.totals(rich)).isEqualTo(new Totals(100, 100, 0, 0, 1_000_000));
    }

    @Test
    void moreThanIsHeldCannotBeReleased() {
        assertRefused("22023", () -> LEDGER.releaseHeld(receiver, List.of(new Entry(sender, receiver, 1))));
    }

    @Test
    void anUnknownAccountIsPB404AndCountsNothing() throws SQLException {
        long nobody = 9_000_000_000_000L;

        assertRefused(
                "PB404",
                () -> LEDGER.applyCredit(List.of(new Entry(sender, receiver, 10), new Entry(nobody, receiver, 10))));
        assertRefused("PB404", () -> LEDGER.releaseHeld(nobody, List.of(new Entry(sender, nobody, 10))));
        assertThat(LEDGER.totals(receiver).down()).isZero();
    }

    @Test
    void nobodyCreditsItself() {
        assertRefused("22023", () -> LEDGER.applyCredit(List.of(new Entry(sender, sender, 10))));
        assertRefused("22023", () -> LEDGER.releaseHeld(sender, List.of(new Entry(sender, sender, 10))));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void anAmountIsPositive(long amount) {
        assertRefused("22023", () -> LEDGER.applyCredit(List.of(new Entry(sender, receiver, amount))));
        assertRefused("22023", () -> LEDGER.releaseHeld(receiver, List.of(new Entry(sender, receiver, amount))));
    }

    @Test
    void arraysOfUnequalLengthAreRefused() throws SQLException {
        try (Connection receipts = LEDGER.as("receipt_app")) {
            assertRefused(
                    "2202E",
                    () -> LedgerDatabase.applyCredit(
                            receipts, new Long[] {sender}, new Long[] {receiver, receiver}, new Long[] {1L}));
        }
    }

    @Test
    void aNullInABatchIsRefused() throws SQLException {
        try (Connection receipts = LEDGER.as("receipt_app")) {
            assertRefused(
                    "22004",
                    () -> LedgerDatabase.applyCredit(
                            receipts, new Long[] {null}, new Long[] {receiver}, new Long[] {1L}));
            assertRefused(
                    "22004",
                    () -> LedgerDatabase.applyCredit(
                            receipts, new Long[] {sender}, new Long[] {receiver}, new Long[] {null}));
        }
    }

    @Test
    void aBatchHasAtMost4096Entries() throws SQLException {
        var entry = new Entry(LEDGER.account(0), LEDGER.account(1 << 20), 1);

        assertThat(LEDGER.applyCredit(Collections.nCopies(4096, entry)))
                .doesNotContain(false)
                .hasSize(4096);
        assertRefused("54000", () -> LEDGER.applyCredit(Collections.nCopies(4097, entry)));
    }

    @Test
    void anEmptyBatchMovesNothing() throws SQLException {
        assertThat(LEDGER.applyCredit(List.of())).isEmpty();
        assertThat(LEDGER.releaseHeld(receiver, List.of())).isEmpty();
    }

    @Test
    void aTotalThatWouldNotFitIsAnErrorAndNoWrap() throws SQLException {
        long full = LEDGER.account(new Totals(Long.MAX_VALUE - 5, 0, 0, 0, 0));

        assertRefused("22003", () -> LEDGER.applyCredit(List.of(new Entry(full, receiver, 6))));
        assertThat(LEDGER.totals(full).up()).isEqualTo(Long.MAX_VALUE - 5);
    }

    @Test
    void theRatioIsExactWhereFloatingPointIsNot() throws SQLException {
        var exact = LedgerDatabase.with("0.1", 0);
        long owner = exact.account(0);
        long taker = exact.account((1L << 53) + 1);

        assertThat(exact.applyCredit(List.of(new Entry(owner, taker, ((1L << 53) + 1) * 10))))
                .containsExactly(true);
        assertThat(exact.applyCredit(List.of(new Entry(owner, taker, 1)))).containsExactly(false);
    }

    @Test
    void aRolledBackReportLeavesNoTrace() throws SQLException {
        try (Connection receipts = LEDGER.as("receipt_app")) {
            receipts.setAutoCommit(false);
            LedgerDatabase.applyCredit(receipts, List.of(new Entry(sender, receiver, 10)));
            receipts.rollback();
        }
        assertThat(LEDGER.totals(sender)).isEqualTo(new Totals(0, 0, 0, 0, 0));
    }

    @Test
    void aBatchThatTurnsVerdictsWakesWhoListensOnce() throws SQLException {
        try (Connection announce = LEDGER.as("announce_app")) {
            announce.createStatement().execute("listen standing_changed");
            var listener = announce.unwrap(PGConnection.class);
            long newcomer = LEDGER.account(1000);
            LEDGER.applyCredit(List.of(new Entry(newcomer, receiver, 10), new Entry(sender, receiver, 10)));

            var woken = listener.getNotifications((int) TimeUnit.SECONDS.toMillis(10));
            assertThat(woken).hasSize(1);
            assertThat(woken[0].getName()).isEqualTo("standing_changed");
            assertThat(woken[0].getParameter()).isEmpty();

            LEDGER.applyCredit(List.of(new Entry(newcomer, receiver, 10)));
            LEDGER.applyCredit(List.of(new Entry(sender, newcomer, 2500)));
            assertThat(listener.getNotifications((int) TimeUnit.SECONDS.toMillis(10)))
                    .as("the second batch turned nobody's verdict, the third the newcomer's")
                    .hasSize(1);
        }
    }

    @Test
    void onlyReceiptServiceMovesTotals() throws SQLException {
        for (String role : List.of("announce_app", "contract_app", "reputation_app")) {
            try (Connection other = LEDGER.as(role)) {
                assertRefused(
                        "42501", () -> LedgerDatabase.applyCredit(other, List.of(new Entry(sender, receiver, 10))));
                assertRefused(
                        "42501",
                        () -> LedgerDatabase.releaseHeld(other, receiver, List.of(new Entry(sender, receiver, 10))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from reputation.total",
                "select * from reputation.locked_totals(array[1])",
                "select reputation.write_totals(1, array[1], array[1], array[1], array[1], 1)",
                "select reputation.set_policy(0, 0)",
                "select reputation.open_total(1, 1, 'granted')",
            })
    void receiptServiceGetsNothingButTheLedgersFunctions(String sql) throws SQLException {
        try (Connection receipts = LEDGER.as("receipt_app")) {
            assertRefused("42501", () -> receipts.createStatement().execute(sql));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update reputation.total set up = up + 1",
                "insert into reputation.total (account_id, grant_state) values (1, 'none')",
                "update reputation.policy set min_ratio = 0",
                "update reputation.account set user_id = 'x'",
                "delete from reputation.account_key",
                "delete from reputation.total",
                "truncate reputation.passkey",
                "create table reputation.mine (id int)",
                "drop table reputation.total",
                "create function reputation.mine() returns int language sql as 'select 1'",
            })
    void theServiceItselfNeitherEditsTotalsNorDeletesNorMakesTables(String sql) throws SQLException {
        try (Connection app = LEDGER.as("reputation_app")) {
            assertRefused("42501", () -> app.createStatement().execute(sql));
        }
    }

    @Test
    void everyFunctionThatRunsAsTheOwnerPinsItsSearchPath() throws SQLException {
        try (Connection receipts = LEDGER.as("receipt_app");
                ResultSet unpinned = receipts.createStatement().executeQuery("""
                        select count(*) from pg_proc where pronamespace = 'reputation'::regnamespace and prosecdef
                            and not coalesce(proconfig @> array['search_path=reputation, pg_temp'], false)
                        """)) {
            unpinned.next();
            assertThat(unpinned.getLong(1)).isZero();
        }
    }

    private interface Call {
        Object run() throws SQLException;
    }

    private static void assertRefused(String state, Call call) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(call::run)
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo(state));
    }
}
