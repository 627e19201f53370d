package io.pbts.reputation.standing;

import io.pbts.reputation.QuietPostgres;
import io.pbts.support.testing.TestPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A migrated database with accounts whose totals a test chooses, and the ledger's functions as receipt-service calls them. */
final class LedgerDatabase {
    private final TestPostgres postgres = QuietPostgres.create();

    private LedgerDatabase() {}

    static LedgerDatabase with(String minRatio, long overdraftBytes) {
        var database = new LedgerDatabase();
        Flyway.configure()
                .dataSource(database.postgres.url(), "reputation_owner", TestPostgres.PASSWORD)
                .schemas("reputation")
                .createSchemas(false)
                .load()
                .migrate();
        database.policy(minRatio, overdraftBytes);
        return database;
    }

    /** One entry of a batch. */
    record Entry(long sender, long receiver, long amount) {}

    void policy(String minRatio, long overdraftBytes) {
        try (Connection app = as("reputation_app");
                PreparedStatement call = app.prepareStatement("select reputation.set_policy(?, ?)")) {
            call.setBigDecimal(1, new BigDecimal(minRatio));
            call.setLong(2, overdraftBytes);
            call.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whose word the gate goes by from now on; the rest of the policy stays. */
    void basis(Basis basis) {
        try (Connection app = as("reputation_app");
                PreparedStatement call = app.prepareStatement("""
                        select reputation.set_policy(p.min_ratio, p.overdraft_bytes, ?) from reputation.policy p
                        """)) {
            call.setString(1, basis.stored());
            call.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection as(String role) throws SQLException {
        return postgres.connect(role);
    }

    /** The service's own access. */
    DataSource app() {
        return new DriverManagerDataSource(postgres.url(), "reputation_app", TestPostgres.PASSWORD);
    }

    /** A new account with this initial credit. */
    long account(long credit) {
        return account(new Totals(0, 0, 0, 0, credit));
    }

    long account(Totals totals) {
        try (Connection superuser = postgres.superuser()) {
            try (PreparedStatement insert = superuser.prepareStatement("""
                    with made as (
                        insert into reputation.account (user_id, chain_account, registered_at)
                        select 'user-' || n, sha256(n::text::bytea), now()
                        from (select coalesce(max(account_id), 0) + 1 as n from reputation.account) next
                        returning account_id)
                    insert into reputation.total (account_id, up, down, held, announced, credit, grant_state)
                    select account_id, ?, ?, ?, ?, ?, 'granted' from made
                    returning account_id
                    """)) {
                insert.setLong(1, totals.up());
                insert.setLong(2, totals.down());
                insert.setLong(3, totals.held());
                insert.setLong(4, totals.announced());
                insert.setLong(5, totals.credit());
                try (ResultSet made = insert.executeQuery()) {
                    made.next();
                    return made.getLong(1);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which entries were credited, in a transaction of its own. */
    List<Boolean> applyCredit(List<Entry> entries) throws SQLException {
        try (Connection receipts = as("receipt_app")) {
            return applyCredit(receipts, entries);
        }
    }

    static List<Boolean> applyCredit(Connection receipts, List<Entry> entries) throws SQLException {
        return applyCredit(
                receipts,
                entries.stream().map(Entry::sender).toArray(Long[]::new),
                entries.stream().map(Entry::receiver).toArray(Long[]::new),
                entries.stream().map(Entry::amount).toArray(Long[]::new));
    }

    static List<Boolean> applyCredit(Connection receipts, Long[] senders, Long[] receivers, Long[] amounts)
            throws SQLException {
        try (PreparedStatement call =
                receipts.prepareStatement("select ordinal, credited from reputation.apply_credit(?, ?, ?, ?)")) {
            call.setLong(1, 7);
            call.setArray(2, receipts.createArrayOf("bigint", senders));
            call.setArray(3, receipts.createArrayOf("bigint", receivers));
            call.setArray(4, receipts.createArrayOf("bigint", amounts));
            return verdicts(call);
        }
    }

    /** Which held entries of one receiver were released; they all name it. */
    List<Boolean> releaseHeld(long receiver, List<Entry> entries) throws SQLException {
        try (Connection receipts = as("receipt_app")) {
            return releaseHeld(receipts, receiver, entries);
        }
    }

    static List<Boolean> releaseHeld(Connection receipts, long receiver, List<Entry> entries) throws SQLException {
        try (PreparedStatement call =
                receipts.prepareStatement("select ordinal, credited from reputation.release_held(?, ?, ?, ?)")) {
            call.setLong(1, 8);
            call.setLong(2, receiver);
            call.setArray(
                    3,
                    receipts.createArrayOf(
                            "bigint", entries.stream().map(Entry::sender).toArray()));
            call.setArray(
                    4,
                    receipts.createArrayOf(
                            "bigint", entries.stream().map(Entry::amount).toArray()));
            return verdicts(call);
        }
    }

    private static List<Boolean> verdicts(PreparedStatement call) throws SQLException {
        List<Boolean> credited = new ArrayList<>();
        try (ResultSet rows = call.executeQuery()) {
            while (rows.next()) {
                credited.add(rows.getBoolean("credited"));
                if (rows.getInt("ordinal") != credited.size()) {
                    throw new IllegalStateException("entries are answered in order, from 1");
                }
            }
        }
        return credited;
    }

    /** Totals as receipt-service reads them. */
    Totals totals(long account) throws SQLException {
        try (Connection receipts = as("receipt_app");
                PreparedStatement call = receipts.prepareStatement("select * from reputation.standing_of(?)")) {
            call.setArray(1, receipts.createArrayOf("bigint", new Long[] {account}));
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return new Totals(
                        row.getLong("up"),
                        row.getLong("down"),
                        row.getLong("held"),
                        row.getLong("announced"),
                        row.getLong("credit"));
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Connection superuser = postgres.superuser();
                ResultSet row = superuser.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
