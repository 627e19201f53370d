package io.pbts.support.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.pbts.support.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class DatabasePasswordTest {
    private static final String NEW = "4c1f0f0e5bb94a5fa3c2d0e1b7a6958f";
    private final TestPostgres postgres = TestPostgres.create();

    @TempDir
    private Path directory;

    @AfterEach
    void restore() throws SQLException {
        configure(changed -> changed.replaceAll("(?m)^host \\S+ receipt_app .*$", ""));
        alter(TestPostgres.PASSWORD);
    }

    @Test
    void aRotatedPasswordReachesThePoolAndNoConnectionKeepsTheOldOne() throws Exception {
        demandPasswords();
        write(TestPostgres.PASSWORD);
        try (var pool = pool();
                var secrets = new MountedSecrets(directory, false)) {
            var rotation = new DatabasePassword(pool, secrets);
            assertThat(rotation).isNotNull();
            int before = backend(pool);

            alter(NEW);
            write(NEW);
            assertThat(secrets.look()).isTrue();

            int after = backend(pool);
            assertThat(after).isNotEqualTo(before);
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aConnectionInUseFinishesItsWork() throws Exception {
        write(TestPostgres.PASSWORD);
        try (var pool = pool();
                var secrets = new MountedSecrets(directory, false)) {
            var rotation = new DatabasePassword(pool, secrets);
            assertThat(rotation).isNotNull();
            try (Connection busy = pool.getConnection()) {
                busy.setAutoCommit(false);
                alter(NEW);
                write(NEW);
                secrets.look();
                try (var statement = busy.createStatement();
                        var row = statement.executeQuery("select 1")) {
                    assertThat(row.next()).isTrue();
                }
                busy.commit();
            }
        }
    }

    @Test
    void everyServiceWithADatabaseRotatesItsPassword() throws IOException {
        write(TestPostgres.PASSWORD);
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        SecretsAutoConfiguration.class,
                        DatabasePasswordAutoConfiguration.class))
                .withPropertyValues(
                        "spring.profiles.active=local",
                        "pbts.secrets-dir=" + directory,
                        "spring.datasource.url=" + postgres.url(),
                        "spring.datasource.username=receipt_app",
                        "spring.datasource.password=out-of-date")
                .run(context -> {
                    assertThat(context).hasSingleBean(DatabasePassword.class);
                    assertThat(backend(context.getBean(HikariDataSource.class))).isPositive();
                    assertThat(context.getBean(HikariDataSource.class).getPassword())
                            .isEqualTo(TestPostgres.PASSWORD);
                });
    }

    /** The embedded server trusts whoever connects; here it shall ask this role for its password, in this database only. */
    private void demandPasswords() throws SQLException {
        String database = postgres.url().substring(postgres.url().lastIndexOf('/') + 1);
        configure(original -> "host %s receipt_app all scram-sha-256\n%s".formatted(database, original));
        Awaitility.await().untilAsserted(() -> assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(postgres.url(), "receipt_app", "wrong")));
    }

    /** Read before it is written, since COPY empties the file first. */
    private void configure(UnaryOperator<String> change) throws SQLException {
        try (Connection admin = postgres.superuser();
                var statement = admin.createStatement()) {
            var jdbc = JdbcClient.create(new SingleConnectionDataSource(admin, true));
            String file = jdbc.sql("show hba_file").query(String.class).single();
            String original = jdbc.sql("select pg_read_file(?)")
                    .param(file)
                    .query(String.class)
                    .single();
            String lines = change.apply(original).replace("\t", " ").strip().replace("'", "''");
            statement.execute("copy (select unnest(string_to_array('%s', E'\\n'))) to '%s'".formatted(lines, file));
            statement.execute("select pg_reload_conf()");
        }
    }

    private HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.url());
        pool.setUsername("receipt_app");
        pool.setPassword(TestPostgres.PASSWORD);
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(1);
        return pool;
    }

    private static int backend(HikariDataSource pool) {
        return JdbcClient.create(pool)
                .sql("select pg_backend_pid()")
                .query(Integer.class)
                .single();
    }

    private void alter(String password) throws SQLException {
        try (Connection admin = postgres.superuser();
                var statement = admin.createStatement()) {
            statement.execute("alter role receipt_app password '%s'".formatted(password));
        }
    }

    private void write(String password) throws IOException {
        Files.writeString(directory.resolve("pbts.db.app-password"), password + "\n");
    }
}
