package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.support.testing.ManagementPort;
import io.pbts.support.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fact that cannot be had is 503 with Retry-After, and the service comes back by itself. */
class DatabaseAwayTest {
    private static final TestPostgres DATABASE = QuietPostgres.create();

    @Test
    void everyRouteIs503WhileTheDatabaseIsAwayAndWorksAgainAfterwards() throws SQLException {
        try (var context = OwnService.start(
                DATABASE.url(),
                "--management.server.port=0",
                "--management.endpoints.web.exposure.include=health,prometheus",
                "--spring.profiles.active=local",
                "--spring.datasource.hikari.maximum-pool-size=2",
                "--spring.datasource.hikari.connection-timeout=300",
                "--pbts.passkey-key=" + RunningService.PASSKEY_KEY)) {
            ServiceClient service = OwnService.clientOf(context);
            TestUser user = TestUser.fresh();
            String form = TestUser.json(user.unsignedForm());

            DATABASE.goAway();
            for (Reply reply : List.of(
                    service.post("/register", form, "application/json"),
                    service.get("/user/" + user.name()),
                    service.get("/internal/v1/standings"),
                    service.get("/internal/v1/policy"))) {
                assertThat(reply.status()).as("%s", reply.body()).isEqualTo(503);
                assertThat(reply.headers().firstValue("Retry-After")).isPresent();
            }

            // There is no replica with another database: one that is taken out could not even say when to come again.
            var management = ManagementPort.of(context.getEnvironment());
            assertThat(management.health("liveness")).isEqualTo(200);
            assertThat(management.health("readiness")).isEqualTo(200);
            management.exposesWhatIsWrittenOf("every", "servlet", "database");

            DATABASE.comeBack();
            // The pool looks for the database with growing pauses, so the first call after it may still be too early.
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            service.post("/register", form, "application/json").status() == 200);
            assertThat(service.get("/user/" + user.name()).status()).isEqualTo(200);
        }
    }
}
