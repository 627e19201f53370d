package io.pbts.support;

import io.micrometer.observation.ObservationRegistry;
import io.pbts.support.trace.TracesProperties;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The beans that any service may ask for: time, randomness and calls to its peers. */
@AutoConfiguration
@EnableConfigurationProperties({CallProperties.class, TracesProperties.class})
class SupportAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    @ConditionalOnMissingBean
    ServiceCalls serviceCalls(
            CallProperties properties,
            CallCredential credential,
            TracesProperties traces,
            ObjectProvider<ObservationRegistry> observations) {
        return new ServiceCalls(
                properties,
                credential,
                traces.isOn() ? observations.getIfAvailable(() -> ObservationRegistry.NOOP) : ObservationRegistry.NOOP);
    }
}
