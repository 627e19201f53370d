package io.pbts.announce.wire;

import io.pbts.announce.tracker.Tracker;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the listeners together. */
@Configuration(proxyBeanMethods = false)
class WireConfiguration {

    @Bean
    TrackerListeners trackerListeners(Tracker tracker, WireProperties properties, SecureRandom random) {
        return new TrackerListeners(tracker, properties, random, Transport.best());
    }
}
