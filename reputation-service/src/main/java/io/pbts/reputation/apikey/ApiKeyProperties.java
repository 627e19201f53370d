package io.pbts.reputation.apikey;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many API keys there may be.
 *
 * @param perAccount API keys of one account
 * @param maxDays longest life that a key may be given; one without an end is allowed
 * @param purgeBatch rows deleted at once when they have expired
 */
@Validated
@ConfigurationProperties("pbts.api-key")
record ApiKeyProperties(
        @DefaultValue("32") @Min(1) @Max(1000) int perAccount,
        @DefaultValue("3650") @Min(1) @Max(36_500) int maxDays,
        @DefaultValue("1000") @Min(1) @Max(100_000) int purgeBatch) {}
