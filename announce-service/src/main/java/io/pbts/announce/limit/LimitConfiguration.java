package io.pbts.announce.limit;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limits together. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    EdgeLimits edgeLimits(LimitProperties properties, SecureRandom random) {
        return new EdgeLimits(properties, random, System.nanoTime());
    }

    @Bean
    PeerListBudget peerListBudget(PeerListProperties properties, Clock clock) {
        return new PeerListBudget(properties, clock);
    }
}
