package io.pbts.receipt.download;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often a receiver may pay for a torrent again.
 *
 * @param most further downloads of one torrent by one account; each widens what colluders can wash
 * @param every the shortest time between two of them
 */
@Validated
@ConfigurationProperties("pbts.download")
public record DownloadProperties(
        @DefaultValue("4") @Min(0) @Max(1000) int most,

        @DefaultValue("1d") @DurationMin(seconds = 0) @DurationMax(days = 365)
        Duration every) {}
