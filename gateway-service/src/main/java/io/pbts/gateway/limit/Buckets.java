package io.pbts.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.pbts.gateway.route.Traffic;
import java.time.Duration;
import java.util.Optional;

/** Token buckets in a bounded map: the limiter must not itself be what fills the memory. */
final class Buckets {
    private final RateProperties rates;
    private final Cache<Key, Bucket> buckets;

    Buckets(RateProperties rates) {
        this.rates = rates;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(rates.remembered())
                .expireAfterAccess(rates.longestToFill())
                .executor(Runnable::run)
                .build();
    }

    private record Key(Traffic traffic, String whom) {}

    /** Takes one; or says how long until there is one. */
    Optional<Duration> take(Traffic traffic, String whom) {
        var taken = buckets.get(new Key(traffic, whom), key -> bucket(rates.of(key.traffic())))
                .tryConsumeAndReturnRemaining(1);
        return taken.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(taken.getNanosToWaitForRefill()));
    }

    private static Bucket bucket(RateProperties.Rate rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
                .build();
    }
}
