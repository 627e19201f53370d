package io.pbts.announce.rejection;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the rejections together. */
@Configuration(proxyBeanMethods = false)
class RejectionConfiguration {

    @Bean
    Rejections rejections(RejectionProperties properties, Clock clock) {
        return new Rejections(properties, clock);
    }
}
