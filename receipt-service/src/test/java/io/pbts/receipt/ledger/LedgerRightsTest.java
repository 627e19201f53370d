package io.pbts.receipt.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.receipt.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Postgres refuses to the role that the service works as: an append-only ledger is one whose owner is somebody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerRightsTest {
    private World world;
    private Connection app;

    @BeforeAll
    void connect() throws SQLException {
        world = World.create();
        app = world.postgres().connect("receipt_app");
    }

    @AfterAll
    void disconnect() throws SQLException {
        app.close();
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "receipt_key, bytes",
        "receipt, kind",
        "session_certificate, signature",
        "aggregate_member, signed_bytes",
        "download, number",
        "credit, batch_seq",
        "credit_batch, receipt_count",
        "batch_delta, up",
        "torrent_facts, piece_length",
        "claim, uploaded_delta"
    })
    void nothingThatWasWrittenChangesOrGoes(String table, String column) {
        refuses("permission denied", "update receipt.%s set %2$s = %2$s".formatted(table, column));
        refuses("permission denied", "delete from receipt." + table);
        refuses("permission denied", "truncate receipt." + table);
        refuses("permission denied", "truncate receipt.%s restart identity cascade".formatted(table));
        refuses("permission denied", "select * from receipt.%s for update".formatted(table));
        refuses(
                "permission denied",
                "merge into receipt.%1$s t using receipt.%1$s s on t.%2$s = s.%2$s when matched then delete"
                        .formatted(table, column));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receipt_key",
                "receipt",
                "session_certificate",
                "aggregate_member",
                "download",
                "pair_day",
                "credit",
                "credit_batch",
                "batch_delta",
                "held",
                "torrent_facts",
                "claim"
            })
    void noTableIsAlteredOrDropped(String table) {
        refuses("must be owner", "alter table receipt.%s add column more int".formatted(table));
        refuses("must be owner", "alter table receipt.%s disable trigger all".formatted(table));
        refuses("must be owner", "alter table receipt.%s owner to receipt_app".formatted(table));
        refuses("must be owner", "drop table receipt.%s cascade".formatted(table));
        refuses(
                "permission denied",
                "create trigger mine before insert on receipt.%s execute function check_credit_batch()"
                        .formatted(table));
        refuses("must be owner", "create rule mine as on insert to receipt.%s do instead nothing".formatted(table));
    }

    @Test
    void noRightIsTakenAnotherWay() {
        refuses("must be owner", "drop trigger credit_batch_balances on receipt.credit_batch");
        refuses("must be owner", "alter function receipt.check_credit_batch() owner to receipt_app");
        refuses("must be owner", "drop function receipt.check_credit_batch() cascade");
        refuses("must be owner", "drop schema receipt cascade");
        refuses("permission denied", "create table receipt.mine (x int)");
        refuses("permission denied", "set role receipt_owner");
        refuses("permission denied", "set session_replication_role = replica");
        refuses("permission denied", "select * from reputation.total");
        refuses("permission denied", "update reputation.total set up = 1");
        refuses("permission denied", "truncate reputation.total cascade");
    }

    /** Of every table that there is or will be, so that a new one must be asked about here. */
    @Test
    void onlyWhatIsHeldAndDaysThatArePastEverGoAndNothingElseChanges() {
        assertThat(tablesThatTheServiceMay("DELETE")).containsExactly("held", "pair_day");
        assertThat(tablesThatTheServiceMay("UPDATE")).containsExactly("pair_day");
        assertThat(tablesThatTheServiceMay("TRUNCATE")).isEmpty();
        assertThat(tablesThatTheServiceMay("TRIGGER")).isEmpty();
        assertThat(tablesThatTheServiceMay("REFERENCES")).isEmpty();
    }

    private List<String> tablesThatTheServiceMay(String privilege) {
        return world.admin()
                .sql("""
                        select c.relname from pg_class c
                         where c.relnamespace = 'receipt'::regnamespace and c.relkind in ('r', 'p')
                           and (has_table_privilege('receipt_app', c.oid, :privilege)
                                or :privilege in ('UPDATE', 'REFERENCES')
                                   and has_any_column_privilege('receipt_app', c.oid, :privilege))
                         order by c.relname""")
                .param("privilege", privilege)
                .query(String.class)
                .list();
    }

    private void refuses(String why, String sql) {
        assertThatThrownBy(() -> {
                    try (var statement = app.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .as(sql)
                .hasMessageContaining(why);
    }
}
