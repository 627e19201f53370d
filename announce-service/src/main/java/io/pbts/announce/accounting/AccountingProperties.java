package io.pbts.announce.accounting;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How clients' counters are followed.
 *
 * @param reputationUrl base URL of reputation-service
 * @param maxCounters peers whose counters are remembered, about 30 bytes each; of more the ones that were silent for longest are
 *     forgotten
 * @param keepFor how long the counters of a silent peer are remembered, so that an outage loses nothing
 * @param flush longest time that a delta stays here before it is told
 * @param maxEntries accounts of one batch
 */
@Validated
@ConfigurationProperties("pbts.accounting")
record AccountingProperties(
        URI reputationUrl,
        @DefaultValue("1000000") @Min(64) @Max(500_000_000) int maxCounters,

        @DefaultValue("21d") @DurationMin(minutes = 1) @DurationMax(days = 365)
        Duration keepFor,

        @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration flush,

        @DefaultValue("1000") @Min(1) @Max(1000) int maxEntries) {}
