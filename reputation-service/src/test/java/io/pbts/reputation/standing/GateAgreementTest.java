package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate's rule stands in SQL, for whom to wake, and in Java, for what to answer: both say the same. */
class GateAgreementTest {
    private static final LedgerDatabase LEDGER = LedgerDatabase.with("0.5", 100);

    @ParameterizedTest
    @CsvSource({"0, RECEIPTS", "0.5, RECEIPTS", "0.3333, RECEIPTS", "2, RECEIPTS", "0.5, REPORTED", "2, REPORTED"})
    void theDatabaseAndTheServiceGiveTheSameVerdict(String minRatio, Basis basis) throws SQLException {
        var random = new Random(minRatio.hashCode());
        var ratio = new BigDecimal(minRatio);
        int refused = 0;
        LEDGER.basis(basis);
        try (Connection owner = LEDGER.as("reputation_owner");
                PreparedStatement gate = owner.prepareStatement("""
                        select may_download(row(1, ?, ?, ?, ?, ?, 'granted', 0, 0, 0, 0, null, '0'::xid8, ?, null)::total, ?)
                        """)) {
            for (int i = 0; i < 500; i++) {
                var totals = new Totals(
                        random.nextInt(4),
                        random.nextInt(6),
                        random.nextInt(5) / 4,
                        random.nextInt(6),
                        random.nextInt(3));
                gate.setLong(1, totals.up());
                gate.setLong(2, totals.down());
                gate.setLong(3, totals.held());
                gate.setLong(4, totals.announced());
                gate.setLong(5, totals.credit());
                long announcedUp = random.nextInt(4);
                gate.setLong(6, announcedUp);
                gate.setBigDecimal(7, ratio);
                try (ResultSet verdict = gate.executeQuery()) {
                    verdict.next();
                    boolean allowed =
                            Verdict.of(basis.judged(totals, announcedUp), ratio).allowed();
                    assertThat(verdict.getBoolean(1)).as("%s", totals).isEqualTo(allowed);
                    refused += allowed ? 0 : 1;
                }
            }
        }
        assertThat(refused).isBetween(1, 499);
    }
}
