package io.pbts.support.secret;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The mounted secrets of a service; strict in every profile but {@code local}. */
@AutoConfiguration
@EnableConfigurationProperties(SecretProperties.class)
class SecretsAutoConfiguration {

    @Bean
    MountedSecrets mountedSecrets(SecretProperties properties, Environment environment) {
        boolean strict = !environment.matchesProfiles("local");
        return new MountedSecrets(properties.secretsDir(), strict).lookEvery(properties.secretsLook());
    }
}
