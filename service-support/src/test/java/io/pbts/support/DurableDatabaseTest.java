package io.pbts.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class DurableDatabaseTest {
    private final TestPostgres postgres = TestPostgres.create();

    @Test
    void aDurableServerIsAccepted() throws SQLException {
        try (Connection connection = postgres.connect("receipt_app")) {
            assertThatNoException().isThrownBy(() -> check(connection));
        }
    }

    @Test
    void aCommitThatMayBeForgottenStopsTheStart() throws SQLException {
        try (Connection connection = postgres.connect("receipt_app");
                var statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> check(connection))
                    .withMessageContaining("synchronous_commit=off");
        }
    }

    @Test
    void aRoleSeesItsOwnSchemaAndNoOther() throws SQLException {
        try (Connection owner = postgres.connect("reputation_owner");
                var statement = owner.createStatement()) {
            statement.execute("create table reputation.secret (id int)");
        }
        try (Connection stranger = postgres.connect("announce_app");
                var statement = stranger.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("select * from reputation.secret"))
                    .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void anAppRoleMakesNoTables() throws SQLException {
        try (Connection app = postgres.connect("receipt_app");
                var statement = app.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("create table receipt.mine (id int)"))
                    .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        }
    }

    private static void check(Connection connection) {
        new DurableDatabase(JdbcClient.create(new SingleConnectionDataSource(connection, true))).afterPropertiesSet();
    }
}
