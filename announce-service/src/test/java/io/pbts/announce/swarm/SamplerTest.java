package io.pbts.announce.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SamplerTest {

    @Test
    void drawsEverySetOfThreeOutOfSixEquallyOften() {
        var sampler = new Sampler(3, new SplittableRandom(7));
        Map<String, Integer> drawn = new HashMap<>();
        int rounds = 40_000;
        for (int round = 0; round < rounds; round++) {
            drawn.merge(draw(sampler, 3, 6).toString(), 1, Integer::sum);
        }
        double expected = rounds / 20.0;
        double deviation = Math.sqrt(expected * 19 / 20);
        assertThat(drawn).hasSize(20);
        assertThat(drawn.values()).allSatisfy(count -> assertThat((double) count)
                .isBetween(expected - 5 * deviation, expected + 5 * deviation));
    }

    @Test
    void neverDrawsTheSameTwiceAtAnySize() {
        for (int capacity = 1; capacity <= 130; capacity++) {
            var sampler = new Sampler(capacity, new SplittableRandom(capacity));
            assertThat(draw(sampler, capacity, capacity)).hasSize(capacity);
            assertThat(draw(sampler, capacity, capacity * 3)).hasSize(capacity);
            assertThat(draw(sampler, capacity, 5_000_000)).hasSize(capacity);
        }
    }

    private static SortedSet<Integer> draw(Sampler sampler, int wanted, int total) {
        SortedSet<Integer> numbers = new TreeSet<>();
        sampler.begin();
        for (int last = total - wanted; last < total; last++) {
            numbers.add(sampler.next(last));
        }
        assertThat(numbers.getLast()).isLessThan(total);
        return numbers;
    }
}
