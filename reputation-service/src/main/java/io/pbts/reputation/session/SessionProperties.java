package io.pbts.reputation.session;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long sessions live, and how many.
 *
 * @param accessFor how long an access token is good, while its session is open
 * @param refreshFor how long a refresh token is good
 * @param perAccount beyond it the oldest session ends
 * @param refreshes after that many, a session ends: the dead tokens of each are remembered
 * @param purgeBatch rows deleted at once when they have expired
 */
@Validated
@ConfigurationProperties("pbts.session")
record SessionProperties(
        @DefaultValue("15m") @DurationMin(minutes = 1) @DurationMax(minutes = 15)
        Duration accessFor,

        @DefaultValue("30d") @DurationMin(hours = 1) @DurationMax(days = 90)
        Duration refreshFor,

        @DefaultValue("32") @Min(1) @Max(1000) int perAccount,
        @DefaultValue("4096") @Min(1) @Max(100_000) int refreshes,
        @DefaultValue("1000") @Min(1) @Max(100_000) int purgeBatch) {}
