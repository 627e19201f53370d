package io.pbts.support;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How patient a service is with another one.
 *
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take
 * @param attempts how often a read (GET or {@link RepeatableRead}) is tried in all; writes are never repeated
 * @param openFor how long a circuit stays open after half of the last twenty calls failed
 */
@Validated
@ConfigurationProperties("pbts.calls")
public record CallProperties(
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("4s") Duration readTimeout,
        @DefaultValue("2") @Min(1) @Max(5) int attempts,
        @DefaultValue("1s") Duration openFor) {}
