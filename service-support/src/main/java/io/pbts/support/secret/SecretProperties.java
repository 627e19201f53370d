package io.pbts.support.secret;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where secrets are.
 *
 * @param secretsDir a directory with one file per secret, named as the secret ({@code PBTS_SECRETS_DIR})
 * @param secretsLook how often the files are looked at
 */
@ConfigurationProperties("pbts")
public record SecretProperties(
        @DefaultValue("/run/secrets/pbts") Path secretsDir,
        @DefaultValue("1s") Duration secretsLook) {
    public SecretProperties {
        if (secretsLook.toMillis() < 10) {
            throw new IllegalArgumentException("pbts.secrets-look is shorter than 10 ms: " + secretsLook);
        }
    }
}
