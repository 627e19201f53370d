package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.RehearsalSwarms;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.Tallies;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** In this process, wherever the real ones are kept: nobody else's store is for rehearsals. */
@Configuration(proxyBeanMethods = false)
class RehearsalConfiguration {
    private static final SwarmProperties ONE_SWARM = new SwarmProperties(Duration.ofMinutes(30), 1, 1_000, 3, 1);

    @Bean
    RehearsalSwarms rehearsalSwarms(Clock clock, SecureRandom random) {
        return new RehearsalSwarms(new MemorySwarms(ONE_SWARM, new Tallies(), clock, random));
    }
}
