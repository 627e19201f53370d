package io.pbts.reputation.standing;

import io.pbts.support.Refusal;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a page of a feed may be.
 *
 * @param maxItems the most that a page has, whatever is asked for
 */
@Validated
@ConfigurationProperties("pbts.feed")
public record FeedProperties(
        @DefaultValue("1000") @Min(1) @Max(10_000) int maxItems) {

    public int bounded(int asked) {
        if (asked < 1) {
            throw new Refusal(400, "invalid-limit", "limit must be at least 1");
        }
        return Math.min(asked, maxItems);
    }
}
