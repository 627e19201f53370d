package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.ProbedTracker;
import io.pbts.support.testing.ManagementPort;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** What a probe sees while something that the service needs is away. */
class HealthTest extends ProbedTracker {
    @Autowired
    private Environment environment;

    @Test
    void livesAndIsReadyWithoutTheDatabaseAndSaysWhenToComeAgain() throws Exception {
        var port = ManagementPort.of(environment);
        WORLD.goAway();
        try {
            assertThat(port.health("liveness")).isEqualTo(200);
            assertThat(port.health("readiness")).isEqualTo(200);
            assertThat(report(sender, draft(30).v2()).status()).isEqualTo(503);
        } finally {
            WORLD.comeBack();
        }
        eventually(() -> report(sender, draft(30).v2()).status() == 200);
    }
}
