package io.pbts.announce.rejection;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many rejected announces are remembered, about 300 bytes each.
 *
 * @param perAccount of one account; of more the oldest is forgotten
 * @param maxAccounts accounts with any; of more the one whose last is oldest is forgotten
 * @param keepFor how long each is shown
 */
@Validated
@ConfigurationProperties("pbts.rejections")
record RejectionProperties(
        @DefaultValue("20") @Min(1) @Max(1000) int perAccount,
        @DefaultValue("5000") @Min(1) @Max(1_000_000) int maxAccounts,

        @DefaultValue("1d") @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration keepFor) {}
