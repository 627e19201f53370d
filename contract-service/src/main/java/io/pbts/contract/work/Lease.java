package io.pbts.contract.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Lets one replica at a time do a kind of work: an advisory lock of a Postgres session, which ends with the session.
 * It spares replicas from working in vain; that nothing is done twice is decided by primary keys.
 */
public final class Lease {
    /** Who copies accounts of a ledger before. */
    public static final String HISTORY = "pbts-history";

    /** Who writes keys to the ledger. */
    public static final String KEY_REGISTRY = "pbts-key-registry";

    private final DataSource database;
    private final String name;

    public Lease(DataSource database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Does the work unless another replica is at it. */
    public void tryRun(Runnable work) {
        try (Connection session = database.getConnection()) {
            if (!ask(session, "select pg_try_advisory_lock(hashtextextended(?, 0))")) {
                return;
            }
            try {
                work.run();
            } finally {
                ask(session, "select pg_advisory_unlock(hashtextextended(?, 0))");
            }
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("the lease " + name + " cannot be had", failed);
        }
    }

    private boolean ask(Connection session, String sql) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
