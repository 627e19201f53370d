package io.pbts.announce.suspicion;

import io.pbts.announce.swarm.KeyedHash;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the suspicions together. */
@Configuration(proxyBeanMethods = false)
class SuspicionConfiguration {

    @Bean
    Suspicions suspicions(SuspicionProperties properties, SecureRandom random, Clock clock) {
        var addresses = new AddressSketch(new KeyedHash(random), properties.watchedAccounts());
        return new Suspicions(properties, addresses, clock);
    }
}
