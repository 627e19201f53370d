package io.pbts.receipt.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.support.FactUnavailable;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionOperations;

class LedgerTransactionsTest {
    private static final LedgerProperties PROPERTIES =
            new LedgerProperties(3, Duration.ofMillis(1), Duration.ofSeconds(1), 1, 1, 1, 1);
    private final AtomicInteger attempts = new AtomicInteger();
    private final LedgerTransactions transactions =
            new LedgerTransactions(TransactionOperations.withoutTransaction(), new SecureRandom(), PROPERTIES);

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void triesAgainWhenPostgresGaveUp(String state) {
        assertThat(transactions.run(failing(state, 2))).isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void triesThreeTimesAtMost(String state) {
        assertThatThrownBy(() -> transactions.run(failing(state, 9))).isInstanceOf(UncategorizedSQLException.class);
        assertThat(attempts).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "55P03", "57014", "57P01", "08006"})
    void triesNothingElseAgain(String state) {
        assertThatThrownBy(() -> transactions.run(failing(state, 1))).isInstanceOf(UncategorizedSQLException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void takesAnAccountThatReputationDoesNotKnowForAMissingFact() {
        assertThatThrownBy(() -> transactions.run(failing("PB404", 1))).isInstanceOf(FactUnavailable.class);
    }

    @Test
    void takesALostConnectionForAnAbsentDatabase() {
        assertThatThrownBy(() -> transactions.run(() -> {
                    throw new TransactionSystemException("JDBC rollback failed");
                }))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    private Supplier<String> failing(String state, int times) {
        return () -> {
            if (attempts.incrementAndGet() <= times) {
                throw new UncategorizedSQLException("task", "sql", new SQLException("failed", state));
            }
            return "done";
        };
    }
}
