package io.pbts.announce.admission;

import io.pbts.announce.passkey.PasskeyKeys;
import io.pbts.support.ServiceCalls;
import io.pbts.support.secret.MountedSecrets;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the gate together. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {

    @Bean
    Openness openness(Environment environment) {
        return environment.matchesProfiles("local") ? Openness.LOCAL : Openness.PRIVATE;
    }

    @Bean
    ReputationClient reputation(ServiceCalls calls, AdmissionProperties properties) {
        return calls.client(ReputationClient.class, "reputation-service", properties.reputationUrl());
    }

    @Bean
    StandingCache standings(AdmissionProperties properties) {
        return new StandingCache(properties.maxStandings());
    }

    @Bean
    InstanceId instanceId() {
        return new InstanceId();
    }

    @Bean
    Admission admission(
            StandingCache standings,
            ReputationClient reputation,
            MountedSecrets secrets,
            AdmissionProperties properties,
            Clock clock) {
        Supplier<PasskeyKeys> keys = secrets.watch("pbts.passkey-key", PasskeyKeys::read);
        return new Admission(standings, new Questions(properties, clock), reputation, keys, clock);
    }

    @Bean
    StandingFeed standingFeed(
            ReputationClient reputation, StandingCache standings, InstanceId instance, AdmissionProperties properties) {
        return new StandingFeed(reputation, standings, instance, properties);
    }

    @Bean
    StandingSignals standingSignals(JdbcConnectionDetails database, StandingFeed feed) {
        return new StandingSignals(database, feed);
    }

    /** Ready once reputation-service has been reached: before that every member would be turned away. Later it may be away. */
    @Bean
    HealthIndicator firstStandings(InstanceId instance) {
        return () -> instance.hex().isEmpty()
                ? Health.down().withDetail("reputation", "not reached yet").build()
                : Health.up().build();
    }
}
