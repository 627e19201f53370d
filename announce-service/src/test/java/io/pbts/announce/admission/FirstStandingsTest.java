package io.pbts.announce.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class FirstStandingsTest {
    private final InstanceId instance = new InstanceId();

    @Test
    void theTrackerIsReadyOnceItHasMetReputationServiceAndStaysSo() {
        assertThat(status()).isEqualTo(Status.DOWN);
        instance.learn("no instance id");
        assertThat(status()).isEqualTo(Status.DOWN);
        instance.learn("0".repeat(64));
        assertThat(status()).isEqualTo(Status.UP);
    }

    private Status status() {
        Health health = new AdmissionConfiguration().firstStandings(instance).health();
        return health == null ? Status.UNKNOWN : health.getStatus();
    }
}
