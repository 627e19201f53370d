package io.pbts.announce.rule;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the rules together. */
@Configuration(proxyBeanMethods = false)
class RuleConfiguration {

    @Bean
    ClientRules clientRules(RuleProperties properties) {
        return new ClientRules(properties);
    }
}
