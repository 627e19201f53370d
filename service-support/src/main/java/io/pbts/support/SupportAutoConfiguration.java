package io.pbts.support;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The beans that any service may ask for: time, randomness and calls to its peers. */
@AutoConfiguration
@EnableConfigurationProperties(CallProperties.class)
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
    ServiceCalls serviceCalls(CallProperties properties, CallCredential credential) {
        return new ServiceCalls(properties, credential);
    }
}
