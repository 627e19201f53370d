package io.pbts.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.pbts.protocol.testing.network.Fault;
import io.pbts.protocol.testing.network.FaultProxy;
import io.pbts.support.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A database that does not answer, on a connection that is there: nobody waits for it without an end. */
class SilentDatabaseTest {
    /** After which the gateway answers for a service that says nothing. */
    private static final int GATEWAY_PATIENCE_SECONDS = 10;

    private final TestPostgres postgres = TestPostgres.create();

    @Test
    void everyServiceGivesUpAfterAStatementMustHaveEndedAndBeforeTheGatewayDoes() {
        configured("").run(context -> {
            Properties driver = context.getBean(HikariDataSource.class).getDataSourceProperties();
            assertThat(Duration.ofSeconds(Long.parseLong(driver.getProperty("socketTimeout"))))
                    .isBetween(statementTimeout().plusSeconds(1), Duration.ofSeconds(GATEWAY_PATIENCE_SECONDS - 1));
        });
    }

    @Test
    void aQueryOnAConnectionThatBecameSilentFails() throws IOException {
        try (FaultProxy network = FaultProxy.before(port())) {
            configured("spring.datasource.hikari.data-source-properties.socketTimeout=1")
                    .withPropertyValues(
                            "spring.datasource.url=" + postgres.url().replace(":" + port(), ":" + network.port()))
                    .run(context -> {
                        try (Connection connection =
                                        context.getBean(HikariDataSource.class).getConnection();
                                var statement = connection.createStatement()) {
                            network.fail(new Fault.HalfOpen());
                            assertThatExceptionOfType(SQLException.class)
                                    .isThrownBy(() -> statement.execute("select 1"));
                        }
                    });
        }
    }

    @Test
    void theServerGivesUpOnAReplicaThatTheNetworkSwallowedWithinHalfAMinute() throws SQLException {
        try (Connection app = postgres.connect("contract_app");
                var row = app.createStatement().executeQuery("""
                                select current_setting('tcp_keepalives_idle')::int
                                       + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int
                                """)) {
            row.next();
            assertThat(row.getInt(1)).isBetween(10, 30);
        }
    }

    private ApplicationContextRunner configured(String property) {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues(
                        "spring.config.import=classpath:pbts-defaults.yml",
                        "pbts.db.schema=receipt",
                        "pbts.db.app-password=" + TestPostgres.PASSWORD,
                        "PBTS_DB_URL=" + postgres.url(),
                        property);
    }

    private Duration statementTimeout() throws SQLException {
        try (Connection app = postgres.connect("receipt_app");
                var row = app.createStatement()
                        .executeQuery("select setting::int from pg_settings where name = 'statement_timeout'")) {
            row.next();
            return Duration.ofMillis(row.getLong(1));
        }
    }

    private int port() {
        return URI.create(postgres.url().substring("jdbc:".length())).getPort();
    }
}
