package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.protocol.testing.network.Fault;
import io.pbts.protocol.testing.network.FaultProxy;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.support.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Wherever an answer of the database breaks off, the caller is told to come again. */
class BrokenDatabaseTest {
    private static final TestPostgres DATABASE = QuietPostgres.create();
    /** More than a registration takes, and small enough a step that no message of the protocol is left out. */
    private static final int LAST_BYTE = 900;

    private static final int STEP = 12;

    @Test
    void aRegistrationIsServedOrPutOffWhereverTheConnectionEnds() throws IOException {
        int port = URI.create(DATABASE.url().substring("jdbc:".length())).getPort();
        try (FaultProxy network = FaultProxy.before(port);
                var context = OwnService.start(
                        DATABASE.url().replace(":" + port, ":" + network.port()),
                        "--spring.profiles.active=local",
                        "--spring.datasource.hikari.maximum-pool-size=1",
                        "--spring.datasource.hikari.connection-timeout=300",
                        "--pbts.passkey-key=" + RunningService.PASSKEY_KEY)) {
            ServiceClient service = OwnService.clientOf(context);
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (int bytes = 1; bytes <= LAST_BYTE; bytes += STEP) {
                network.heal();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> register(service).status() == 200);
                network.fail(new Fault.Truncate(bytes));
                statuses.put(bytes, register(service).status());
            }
            assertThat(statuses).containsValues(200, 503);
            assertThat(statuses.values()).containsOnly(200, 503);
        }
    }

    private static Reply register(ServiceClient service) {
        return service.post("/register", TestUser.json(TestUser.fresh().unsignedForm()));
    }
}
