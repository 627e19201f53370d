package io.pbts.reputation.account;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much work strangers may cause by registering.
 *
 * @param concurrentVerifications how many registrations are in pairings at once
 * @param patience how long one waits for its turn before it is sent away with 503
 */
@Validated
@ConfigurationProperties("pbts.registration")
record RegistrationProperties(
        @DefaultValue("2") @Min(1) @Max(256) int concurrentVerifications,
        @DefaultValue("2s") Duration patience) {}
