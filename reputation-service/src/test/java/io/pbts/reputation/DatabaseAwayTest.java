package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

/** A fact that cannot be had is 503 with Retry-After, and the service comes back by itself. */
class DatabaseAwayTest {
    private static final TestPostgres DATABASE = QuietPostgres.create();

    @Test
    void everyRouteIs503WhileTheDatabaseIsAwayAndWorksAgainAfterwards() throws SQLException {
        try (var context = SpringApplication.run(
                ReputationApplication.class,
                "--server.port=0",
                "--spring.profiles.active=local",
                "--spring.datasource.url=" + DATABASE.url(),
                "--spring.datasource.hikari.maximum-pool-size=2",
                "--spring.datasource.hikari.connection-timeout=300",
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD,
                "--pbts.sign-in.chain-id=31337",
                "--pbts.secrets-dir=" + RunningService.secrets(),
                "--pbts.passkey-key=" + RunningService.PASSKEY_KEY)) {
            var service =
                    new ServiceClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            TestUser user = TestUser.fresh();
            String form = TestUser.json(user.unsignedForm());

            connectionLimit(0);
            disconnectEverybody();
            for (Reply reply : List.of(
                    service.post("/register", form, "application/json"),
                    service.get("/user/" + user.name()),
                    service.get("/internal/v1/standings"),
                    service.get("/internal/v1/policy"))) {
                assertThat(reply.status()).as("%s", reply.body()).isEqualTo(503);
                assertThat(reply.headers().firstValue("Retry-After")).isPresent();
            }

            connectionLimit(-1);
            // The pool looks for the database with growing pauses, so the first call after it may still be too early.
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            service.post("/register", form, "application/json").status() == 200);
            assertThat(service.get("/user/" + user.name()).status()).isEqualTo(200);
        }
    }

    private static void connectionLimit(int limit) throws SQLException {
        String name = DATABASE.url().substring(DATABASE.url().lastIndexOf('/') + 1);
        try (Connection superuser = DATABASE.superuser()) {
            superuser.createStatement().execute("alter database %s connection limit %d".formatted(name, limit));
        }
    }

    private static void disconnectEverybody() throws SQLException {
        try (Connection superuser = DATABASE.superuser()) {
            superuser.createStatement().execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()""");
        }
    }
}
