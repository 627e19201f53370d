package io.pbts.support.access;

import io.pbts.support.CallCredential;
import io.pbts.support.secret.MountedSecrets;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Tokens between services, for every service whatever web stack it has. */
@AutoConfiguration(
        beforeName = "io.pbts.support.SupportAutoConfiguration",
        afterName = "io.pbts.support.secret.SecretsAutoConfiguration")
@EnableConfigurationProperties(TokenProperties.class)
class TokenAutoConfiguration {

    /** The service is named by {@code pbts.service-name}, or as the application without {@code -service}. */
    @Bean
    ServiceKeys serviceKeys(Environment environment, MountedSecrets secrets) {
        String application = environment.getProperty("spring.application.name", "");
        return new ServiceKeys(environment.getProperty("pbts.service-name", target(application)), secrets);
    }

    @Bean
    SignedTokens signedTokens(ServiceKeys keys, Clock clock) {
        return new SignedTokens(keys, clock);
    }

    @Bean
    ServiceTokens serviceTokens(ServiceKeys keys, Clock clock, SecureRandom random, TokenProperties properties) {
        return new ServiceTokens(keys, clock, random, properties);
    }

    @Bean
    ServiceTokenVerifier serviceTokenVerifier(ServiceKeys keys, Clock clock, TokenProperties properties) {
        return new ServiceTokenVerifier(keys, clock, properties);
    }

    @Bean
    CallCredential callCredential(ServiceTokens tokens) {
        return (service, headers) -> headers.set(ServiceTokens.HEADER, tokens.forService(target(service)));
    }

    private static String target(String serviceName) {
        return serviceName.endsWith("-service")
                ? serviceName.substring(0, serviceName.length() - "-service".length())
                : serviceName;
    }
}
