package io.pbts.reputation.announced;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How batches are taken.
 *
 * @param maxEntries accounts of one batch
 * @param keepFor how long a batch is known to have been counted; whoever sends one again does so within minutes
 * @param purgeBatch rows deleted at once when they have expired
 */
@Validated
@ConfigurationProperties("pbts.announced")
record AnnouncedProperties(
        @DefaultValue("1000") @Min(1) @Max(10_000) int maxEntries,
        @DefaultValue("7d") Duration keepFor,
        @DefaultValue("1000") @Min(1) @Max(100_000) int purgeBatch) {}
