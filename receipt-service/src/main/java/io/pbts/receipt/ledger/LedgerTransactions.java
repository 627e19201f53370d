package io.pbts.receipt.ledger;

import io.pbts.support.FactUnavailable;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs a ledger transaction. Tries again only when Postgres itself gave up on it (serialization failure, deadlock) and a few
 * times at most: whatever else went wrong may have been committed, and the client's repeat finds out.
 */
@Component
class LedgerTransactions {
    private static final Set<String> AGAIN = Set.of("40001", "40P01");
    private static final String UNKNOWN_ACCOUNT = "PB404";

    private final TransactionOperations transactions;
    private final SecureRandom random;
    private final LedgerProperties properties;

    LedgerTransactions(TransactionOperations transactions, SecureRandom random, LedgerProperties properties) {
        this.transactions = transactions;
        this.random = random;
        this.properties = properties;
    }

    <T> T run(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return require(attempt(work));
            } catch (DataAccessException failed) {
                String state = sqlState(failed);
                if (UNKNOWN_ACCOUNT.equals(state)) {
                    throw new FactUnavailable("reputation-service's ledger", failed);
                }
                if (state == null || !AGAIN.contains(state) || attempt >= properties.attempts()) {
                    throw failed;
                }
                pause();
            }
        }
    }

    /** A lost connection fails twice, in the statement and in its rollback; what matters is that the database is away. */
    private <T> @Nullable T attempt(Supplier<T> work) {
        try {
            return transactions.execute(_ -> work.get());
        } catch (TransactionSystemException lost) {
            Throwable first = lost.getOriginalException();
            throw new DataAccessResourceFailureException(
                    "the transaction's end is unknown", first == null ? lost : first);
        }
    }

    private void pause() {
        long most = properties.retryPause().toNanos();
        LockSupport.parkNanos(Duration.ofNanos(random.nextLong(most) + 1).toNanos());
    }

    private static @Nullable String sqlState(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    private static <T> T require(@Nullable T result) {
        if (result == null) {
            throw new IllegalStateException("a ledger transaction answers something");
        }
        return result;
    }
}
