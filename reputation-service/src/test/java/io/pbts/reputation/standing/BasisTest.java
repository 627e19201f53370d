package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.reputation.standing.LedgerDatabase.Entry;
import io.pbts.support.FeedCursor;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Receipts and the word of clients are two accounts of the same traffic: the gate goes by one, and neither moves the other. */
class BasisTest {
    private static final LedgerDatabase LEDGER = LedgerDatabase.with("0.5", 1 << 20);

    private final Standings standings = new Standings(JdbcClient.create(LEDGER.app()), Clock.systemUTC());

    @AfterEach
    void asEverybodyElseHasIt() {
        LEDGER.basis(Basis.RECEIPTS);
    }

    private static void announce(long account, long up, long down) {
        execute("reputation_app", """
                select reputation.apply_announced(gen_random_uuid(), array[%d]::bigint[], array[%d]::bigint[],
                    array[%d]::bigint[])
                """.formatted(account, up, down));
    }

    private static void execute(String role, String statement) {
        try (Connection connection = LEDGER.as(role)) {
            connection.createStatement().execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Standing of(long account) {
        return standings.ofAccount(new AccountId(account)).orElseThrow();
    }

    @Test
    void goesByReceiptsAndByWhatSpeaksAgainstTheAccount() {
        long account = LEDGER.account(new Totals(40, 10, 0, 0, 0));
        announce(account, 1_000_000, 100);
        assertThat(of(account).verdict().allowed()).isFalse();
        assertThat(of(account).verdict().ratio()).isEqualByComparingTo(new BigDecimal("0.40"));
        assertThat(of(account).unattested()).isEqualTo(90);
    }

    @Test
    void goesByTheWordOfClientsWhereTheOperatorChoseThat() {
        long account = LEDGER.account(new Totals(0, 500, 7, 0, 0));
        announce(account, 60, 100);
        assertThat(of(account).verdict().allowed()).isFalse();
        LEDGER.basis(Basis.REPORTED);
        assertThat(of(account).verdict().allowed()).isTrue();
        assertThat(of(account).verdict().ratio()).isEqualByComparingTo(new BigDecimal("0.60"));
        assertThat(of(account).legacyRatio()).isEqualTo(0.6);
        assertThat(of(account).totals()).as("what receipts moved").isEqualTo(new Totals(0, 500, 7, 100, 0));
    }

    @Test
    void receiptsAreBookedOnEitherBasisAndNeverAdded() throws SQLException {
        LEDGER.basis(Basis.REPORTED);
        long sender = LEDGER.account(0);
        long receiver = LEDGER.account(1000);
        announce(receiver, 5, 70);
        LEDGER.applyCredit(List.of(new Entry(sender, receiver, 30)));
        assertThat(of(sender).totals().up()).isEqualTo(30);
        assertThat(of(receiver).totals()).isEqualTo(new Totals(0, 30, 0, 70, 1000));
        assertThat(of(receiver).announcedUp()).isEqualTo(5);
    }

    @Test
    void aChangedBasisSendsEveryStandingThroughTheFeed() {
        long account = LEDGER.account(1);
        var all = standings.changedAfter(FeedCursor.START, 1000);
        LEDGER.basis(Basis.REPORTED);
        assertThat(standings.changedAfter(FeedCursor.parse(all.cursor()), 1000).items())
                .extracting(Standing::account)
                .contains(new AccountId(account));
    }

    @Test
    void theDatabaseTakesNoBatchThatLowersATotalOrNamesAnAccountTwice() {
        long account = LEDGER.account(1);
        assertThatThrownBy(() -> announce(account, -1, 0)).hasMessageContaining("stands in a batch once");
        assertThatThrownBy(() -> execute("reputation_app", """
                select reputation.apply_announced(gen_random_uuid(), array[%1$d, %1$d]::bigint[], array[1, 1]::bigint[],
                    array[1, 1]::bigint[])
                """.formatted(account)))
                .hasMessageContaining("stands in a batch once");
        assertThatThrownBy(() -> announceAs("receipt_app", account)).hasMessageContaining("permission denied");
    }

    private static void announceAs(String role, long account) {
        execute(
                role,
                "select reputation.apply_announced(gen_random_uuid(), array[%d]::bigint[], array[1]::bigint[], array[1]::bigint[])"
                        .formatted(account));
    }
}
