package io.pbts.announce.wire;

import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.tracker.Tracker;
import io.pbts.support.access.ServiceTokenVerifier;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the listeners together. */
@Configuration(proxyBeanMethods = false)
class WireConfiguration {

    @Bean
    TrackerListeners trackerListeners(
            Tracker tracker,
            EdgeLimits limits,
            ServiceTokenVerifier verifier,
            WireProperties properties,
            SecureRandom random) {
        return new TrackerListeners(tracker, limits, verifier, properties, random, Transport.best());
    }
}
