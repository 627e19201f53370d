package io.pbts.gateway.limit;

import io.pbts.gateway.route.Traffic;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one address (IPv6: its /64), and one credential, may ask. A community behind one router is one address: a
 * thousand clients with fifty torrents each announce 28 times a second, and all at once after a power cut.
 *
 * @param factor multiplies all of them ({@code PBTS_RATE_FACTOR})
 * @param remembered addresses and credentials whose use is counted; some 500 bytes each
 * @param tracker announces and scrapes
 * @param report what costs a pairing or a ledger transaction
 * @param signIn what may be guessed at, and what makes accounts
 * @param other everything else
 */
@Validated
@ConfigurationProperties("pbts.gateway.rates")
record RateProperties(
        @DefaultValue("1") double factor,
        @DefaultValue("20000") @Min(16) @Max(1_000_000) int remembered,
        @Nullable Rate tracker,
        @Nullable Rate report,
        @Nullable Rate signIn,
        @Nullable Rate other) {

    RateProperties {
        if (!(factor > 0 && factor <= 10_000)) {
            throw new IllegalArgumentException("PBTS_RATE_FACTOR is more than 0 and at most 10000: " + factor);
        }
    }

    /**
     * A token bucket.
     *
     * @param perSecond how fast it fills
     * @param burst how much it holds
     */
    record Rate(int perSecond, int burst) {
        private static final Duration LONGEST = Duration.ofHours(1);
        private static final int MOST = 1_000_000_000;

        Rate {
            if (perSecond < 1 || burst < perSecond || burst / perSecond > LONGEST.toSeconds()) {
                throw new IllegalArgumentException(
                        "a rate is 1 a second or more, its burst as much or more, refilled within an hour: %d, %d"
                                .formatted(perSecond, burst));
            }
        }

        Duration toFill() {
            return Duration.ofSeconds(burst / perSecond + 1L);
        }

        private Rate times(double factor) {
            int second = (int) Math.max(1, Math.min(MOST, perSecond * factor));
            return new Rate(second, (int) Math.max(second, Math.min(MOST, burst * factor)));
        }
    }

    Rate of(Traffic traffic) {
        Rate set =
                switch (traffic) {
                    case TRACKER -> orElse(tracker, new Rate(200, 50_000));
                    case REPORT -> orElse(report, new Rate(20, 100));
                    case SIGN_IN -> orElse(signIn, new Rate(1, 20));
                    case OTHER -> orElse(other, new Rate(50, 500));
                };
        return set.times(factor);
    }

    /** After this long without use every bucket is full again, so that forgetting it changes nothing. */
    Duration longestToFill() {
        return Arrays.stream(Traffic.values())
                .map(traffic -> of(traffic).toFill())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private static Rate orElse(@Nullable Rate set, Rate otherwise) {
        return set == null ? otherwise : set;
    }
}
