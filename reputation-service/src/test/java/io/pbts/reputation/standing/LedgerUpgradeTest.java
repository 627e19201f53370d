package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** receipt-service credits while the next version of the schema arrives. */
class LedgerUpgradeTest {
    private final LedgerDatabase database = LedgerDatabase.with("0.5", 0);

    @Test
    void aReportThatWaitsForAMigrationWhichAddsAColumnIsCredited() throws Exception {
        long sender = database.account(1_000);
        long receiver = database.account(1_000);
        try (Connection receipts = database.as("receipt_app");
                Connection owner = database.as("reputation_owner");
                var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(credit(receipts, 1, sender, receiver)).isTrue();
            owner.setAutoCommit(false);
            owner.createStatement().execute("alter table reputation.total add column next_version bigint");
            var credited = thread.submit(() -> credit(receipts, 2, sender, receiver));
            Awaitility.await().until(() -> waits(owner));
            owner.commit();
            assertThat(credited.get()).isTrue();
        }
    }

    private static boolean credit(Connection connection, long batch, long sender, long receiver) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(
                "select credited from reputation.apply_credit(?, array[?::bigint], array[?::bigint], array[1::bigint])")) {
            call.setLong(1, batch);
            call.setLong(2, sender);
            call.setLong(3, receiver);
            try (ResultSet row = call.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static boolean waits(Connection owner) throws SQLException {
        try (ResultSet row = owner.createStatement()
                .executeQuery(
                        "select count(*) from pg_locks where not granted and relation = 'reputation.total'::regclass")) {
            row.next();
            return row.getLong(1) > 0;
        }
    }
}
