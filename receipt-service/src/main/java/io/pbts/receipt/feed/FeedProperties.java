package io.pbts.receipt.feed;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of the book is read at a time.
 *
 * @param page most batches in one page of the credits feed
 * @param countEvery how long the number of redeemed receipts counts before it is summed again
 */
@Validated
@ConfigurationProperties("pbts.feed")
record FeedProperties(
        @DefaultValue("1000") @Min(1) @Max(10_000) int page,
        @DefaultValue("2s") Duration countEvery) {}
