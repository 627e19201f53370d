package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.Tallies;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** The store of this node, and the clock work that empties it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "pbts.swarm.store", havingValue = "memory")
class MemoryConfiguration {

    @Bean
    MemorySwarms swarms(SwarmProperties properties, Tallies tallies, Clock clock, SecureRandom random) {
        return new MemorySwarms(properties, tallies, clock, random);
    }

    @Bean
    Sweep sweep(MemorySwarms swarms) {
        return new Sweep(swarms);
    }

    record Sweep(MemorySwarms swarms) {
        @Scheduled(fixedDelay = 1000)
        void everySecond() {
            swarms.sweep();
        }
    }
}
