package io.pbts.gateway.limit;

import io.pbts.gateway.route.Traffic;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Requests of each kind that may be under way at once; one more gets 503 at once. More than one address can have
 * connections, or, where it may begin one a second, than it can begin before the first times out: so nobody alone fills a
 * kind's room with requests that never end.
 */
@Validated
@ConfigurationProperties("pbts.gateway.concurrency")
record ConcurrencyProperties(
        @DefaultValue("1024") @Min(1) @Max(100_000) int tracker,
        @DefaultValue("512") @Min(1) @Max(100_000) int report,
        @DefaultValue("128") @Min(1) @Max(100_000) int signIn,
        @DefaultValue("512") @Min(1) @Max(100_000) int other) {

    int of(Traffic traffic) {
        return switch (traffic) {
            case TRACKER -> tracker;
            case REPORT -> report;
            case SIGN_IN -> signIn;
            case OTHER -> other;
        };
    }
}
