package io.pbts.announce.tracker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the tracker says.
 *
 * @param maxPeers most peers of one answer
 * @param maxScrapeHashes most torrents of one scrape; clients ask for at most 64 at a time
 * @param refusedRetry when somebody whose ratio is too low may ask again
 * @param unavailableRetry when somebody may ask again whom we could not judge
 * @param limitedRetry when somebody may ask again who asked too often, or at a busy time
 * @param rehearsal how long connections and announces that nobody sent may be served before the tracker listens; 0 for none
 * @param privateNetworks private networks whose peers are listed in production too, such as {@code 10.0.0.0/8}
 */
@Validated
@ConfigurationProperties("pbts.tracker")
public record TrackerProperties(
        @DefaultValue("50") @Min(1) @Max(1000) int maxPeers,
        @DefaultValue("64") @Min(1) @Max(200) int maxScrapeHashes,
        @DefaultValue("5m") Duration refusedRetry,
        @DefaultValue("1m") Duration unavailableRetry,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration limitedRetry,

        @DefaultValue("1s") @DurationMin(seconds = 0) @DurationMax(seconds = 10)
        Duration rehearsal,

        @DefaultValue List<String> privateNetworks) {

    public TrackerProperties {
        privateNetworks = List.copyOf(privateNetworks);
    }
}
