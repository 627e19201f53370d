package io.pbts.contract.settlement.feed;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is read at a time.
 *
 * @param pageSize items that are asked for at once
 * @param pagesPerStep pages of one feed that are read before anything else is done
 */
@Validated
@ConfigurationProperties("pbts.feed")
record FeedProperties(
        @DefaultValue("128") @Min(1) @Max(1024) int pageSize,
        @DefaultValue("16") @Min(1) @Max(1024) int pagesPerStep) {}
