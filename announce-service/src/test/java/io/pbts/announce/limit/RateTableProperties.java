package io.pbts.announce.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RateTableProperties {
    private static final long SECOND = 1_000_000_000L;

    /** As text books have it: tokens that grow with time up to a brim. */
    private static final class Bucket {
        private final double rate;
        private final double burst;
        private double tokens;
        private long at;

        Bucket(double rate, double burst, long at) {
            this.rate = rate;
            this.burst = burst;
            this.at = at;
            tokens = burst;
        }

        double at(long nanoTime) {
            tokens = Math.min(burst, tokens + (nanoTime - at) * rate / SECOND);
            at = nanoTime;
            return tokens;
        }

        void take() {
            tokens--;
        }
    }

    @Property(tries = 300)
    void decidesAsATokenBucketDoesForEveryClient(
            @ForAll @IntRange(min = 1, max = 2000) int rate,
            @ForAll @IntRange(min = 1, max = 300) int burst,
            @ForAll @LongRange(min = Long.MIN_VALUE / 2, max = Long.MAX_VALUE / 2) long start,
            @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var table = new RateTable(1024, rate, burst, start);
        Map<Long, Bucket> oracle = new HashMap<>();
        long[] clients = random.longs(5).toArray();
        long now = start;
        for (int i = 0; i < 2000; i++) {
            now += random.nextLong(2 * SECOND / rate / 3 + 1);
            long client = clients[random.nextInt(clients.length)];
            long then = now;
            Bucket bucket = oracle.computeIfAbsent(client, _ -> new Bucket(rate, burst, then));
            double tokens = bucket.at(now);
            boolean taken = table.take(client, now);
            double doubt = 0.01 * burst + 0.1; // times are kept in steps of a microsecond
            assertThat(taken || tokens < 1 + doubt).isTrue();
            assertThat(!taken || tokens > 1 - doubt).isTrue();
            if (taken) {
                bucket.take();
            }
        }
    }

    @Example
    void letsABurstThroughAndThenTheRateOverALongTime() {
        var table = new RateTable(64, 40, 1000, 0);
        int taken = 0;
        for (long now = 0; now < 3600 * SECOND; now += SECOND / 100) {
            taken += table.take(7, now) ? 1 : 0;
        }
        assertThat(taken).isBetween(1000 + 3600 * 40 * 99 / 100, 1000 + 3600 * 40 * 101 / 100);
    }

    @Example
    void staysAsSmallAndKeepsTheFloodersBucketsWhateverNumberOfClientsComes() {
        var table = new RateTable(65_536, 10, 1000, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(table.take(42, 0)).isTrue();
        }
        var random = new SplittableRandom(1);
        for (int i = 0; i < 1_000_000; i++) {
            long now = i * SECOND / 100_000; // 100,000 others a second, one request each
            assertThat(table.take(random.nextLong(), now)).isTrue();
        }
        assertThat(table.size()).isEqualTo(65_536 * 8);
        int taken = 0;
        while (table.take(42, 10 * SECOND)) {
            taken++;
        }
        assertThat(taken).as("ten seconds of the rate, not a new burst").isBetween(95, 105);
    }

    @Example
    void countsExactlyWhenManyThreadsTakeFromOneBucket() throws Exception {
        var table = new RateTable(64, 1, 50_000, 0);
        Callable<Integer> taker = () -> {
            int taken = 0;
            for (int i = 0; i < 20_000; i++) {
                taken += table.take(-1, 1000) ? 1 : 0;
            }
            return taken;
        };
        int taken = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> result : threads.invokeAll(List.of(taker, taker, taker, taker))) {
                taken += result.get();
            }
        }
        assertThat(taken).isEqualTo(50_000);
    }

    @Example
    void refusesTablesThatCannotWork() {
        for (int[] wrong : new int[][] {{63, 1, 1}, {4, 1, 1}, {64, 0, 1}, {64, 1, 0}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RateTable(wrong[0], wrong[1], wrong[2], 0));
        }
    }
}
