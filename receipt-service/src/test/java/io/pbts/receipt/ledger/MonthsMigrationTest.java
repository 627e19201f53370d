package io.pbts.receipt.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A ledger of before the partitions keeps every receipt, its number and its month. */
class MonthsMigrationTest {
    private static final String OLD_RECEIPT = """
            insert into receipt.receipt (instance_id, torrent_id, receiver_id, piece_index, sender_id, bytes, kind, info_hash,
                sender_key, receiver_key, piece_hash, signed_at, signature, signed_digest, row_hash, accepted_at)
            select sha256('i'), sha256('t'), 2, n, 1, 100 + n, 'v2-bls', substring(sha256('h') from 1 for 20),
                decode(repeat('01', 48), 'hex'), decode(repeat('02', 48), 'hex'), substring(sha256('p') from 1 for 20),
                1, 's', sha256('d'), sha256('r'), timestamptz '2026-08-31 23:59:59.9+00' + n * interval '20 days'
              from generate_series(0, 4) n""";

    @Test
    void movesEveryReceiptIntoItsMonthAndGoesOnCounting() throws SQLException {
        TestPostgres postgres = TestPostgres.create();
        migrate(postgres, "1");
        try (Connection database = postgres.superuser()) {
            database.createStatement().execute(OLD_RECEIPT);
            migrate(postgres, "latest");
            assertThat(strings(database, """
                    select format('%s %s %s', k.receipt_seq, k.bytes, r.tableoid::regclass)
                      from receipt.receipt_key k join receipt.receipt r using (receipt_seq, accepted_at)
                     order by k.receipt_seq"""))
                    .containsExactly(
                            "1 100 receipt.receipt_2026_08",
                            "2 101 receipt.receipt_2026_09",
                            "3 102 receipt.receipt_2026_10",
                            "4 103 receipt.receipt_2026_10",
                            "5 104 receipt.receipt_2026_11");
            database.createStatement().execute("""
                    insert into receipt.receipt_key (instance_id, torrent_id, receiver_id, piece_index, sender_id, bytes, row_hash)
                    values (sha256('i'), sha256('t'), 2, 9, 1, 1, sha256('r'))""");
            assertThat(strings(database, "select max(receipt_seq)::text from receipt.receipt_key"))
                    .containsExactly("6");
        }
    }

    @Test
    void letsTheServiceMakeTheMonthsToComeAndNothingElse() throws SQLException {
        TestPostgres postgres = TestPostgres.create();
        migrate(postgres, "latest");
        try (Connection app = postgres.connect("receipt_app")) {
            assertThat(strings(app, "select receipt.prepare_receipt_months(3)::text"))
                    .as("made by the migration")
                    .containsExactly("0");
            assertThat(strings(app, "select receipt.prepare_receipt_months(6)::text"))
                    .containsExactly("3");
        }
    }

    private static void migrate(TestPostgres postgres, String target) {
        Flyway.configure()
                .dataSource(postgres.url(), "reputation_owner", TestPostgres.PASSWORD)
                .schemas("reputation")
                .createSchemas(false)
                .locations("filesystem:../reputation-service/src/main/resources/db/migration")
                .load()
                .migrate();
        Flyway.configure()
                .dataSource(postgres.url(), "receipt_owner", TestPostgres.PASSWORD)
                .schemas("receipt")
                .createSchemas(false)
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    private static List<String> strings(Connection database, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
