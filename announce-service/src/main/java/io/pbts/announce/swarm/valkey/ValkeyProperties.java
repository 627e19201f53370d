package io.pbts.announce.swarm.valkey;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the swarms are that several nodes share.
 *
 * @param url {@code redis://host:6379}, or {@code rediss://} with TLS; a password is best a mounted file, {@code pbts.valkey.password}
 * @param timeout after which the server counts as away; clients are told to come back
 */
@Validated
@ConfigurationProperties("pbts.valkey")
public record ValkeyProperties(
        @DefaultValue("redis://127.0.0.1:6379") @NotBlank String url,

        @DefaultValue("1s") @DurationMin(millis = 50) @DurationMax(seconds = 30)
        Duration timeout) {}
