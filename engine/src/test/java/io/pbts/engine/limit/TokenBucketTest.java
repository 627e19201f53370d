package io.pbts.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong now = new AtomicLong(1);

    @Test
    void letsThroughTheRateAndABurst() {
        TokenBucket bucket = new TokenBucket(1_000_000, now::get);
        long taken = 0;
        while (now.get() < 10_000_000_000L) {
            long wait = bucket.tryTake(16_384);
            if (wait == 0) {
                taken += 16_384;
            } else {
                now.addAndGet(wait);
            }
        }
        assertThat(taken).isBetween(10_000_000L, 10_000_000L + 250_000 + 2 * 16_384);
    }

    @Test
    void noRateIsNoLimit() {
        assertThat(new TokenBucket(0, now::get).tryTake(Long.MAX_VALUE)).isZero();
    }
}
