package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The three sums of the ledger, in bytes: what all sent, what all received, what receipts were credited for.
 *
 * @param receipts how many rows were credited
 */
record LedgerSums(long up, long down, long credited, long receipts) {
    private static final String SUMS = """
            select (select coalesce(sum(up), 0) from reputation.total),
                   (select coalesce(sum(down), 0) from reputation.total),
                   coalesce(sum(k.bytes), 0), count(*)
              from receipt.credit c join receipt.receipt_key k using (receipt_seq)
            """;

    /** As the database's superuser reads them, all in one snapshot. */
    static LedgerSums of(Stack stack) {
        try (Connection connection = Superuser.connect(stack)) {
            return in(connection);
        } catch (IOException | SQLException e) {
            throw new AssertionError("the ledger cannot be read", e);
        }
    }

    /** The same by somebody who may read all of it. */
    static LedgerSums in(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(SUMS)) {
            row.next();
            return new LedgerSums(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    void requireBalance() {
        assertThat(up).as("sent = received in %s", this).isEqualTo(down);
        assertThat(up).as("sent = credited in %s", this).isEqualTo(credited);
    }
}
