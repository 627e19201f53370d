package io.pbts.support.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SecretPropertiesTest {
    @Test
    void theDirectoryIsSetByTheEnvironment() {
        var properties = bind(Map.of("PBTS_SECRETS_DIR", "/somewhere/else", "PBTS_PUBLIC_URL", "http://localhost"));
        assertThat(properties.secretsDir()).isEqualTo(Path.of("/somewhere/else"));
        assertThat(properties.secretsLook()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void lookingWithoutAPauseIsRefused() {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("PBTS_SECRETS_LOOK", "0s")));
    }

    private static SecretProperties bind(Map<String, Object> environment) {
        var source = new SystemEnvironmentPropertySource("systemEnvironment", environment);
        return new Binder(ConfigurationPropertySources.from(source)).bindOrCreate("pbts", SecretProperties.class);
    }
}
