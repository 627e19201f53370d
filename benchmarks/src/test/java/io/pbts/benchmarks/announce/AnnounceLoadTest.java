package io.pbts.benchmarks.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is what was asked for: every answer an announce's, with all its peers. */
class AnnounceLoadTest {
    private final Population population = Population.of(3, 104);

    @ParameterizedTest
    @EnumSource(Mode.class)
    void eachAnnounceIsSentOnceAndItsAnswerLookedAt(Mode mode) throws Exception {
        try (var tracker = new CannedTracker(Population.WANTED)) {
            Outcome outcome = mode.load(tracker, population).run(Pace.once(), Population.WANTED);
            assertThat(outcome.answered()).isEqualTo(population.size());
            assertThat(outcome.lost()).isZero();
            assertThat(tracker.announced()).isEqualTo(population.size());
            assertThat(tracker.peers()).hasSize(population.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void anAnswerWithTooFewPeersEndsTheRun(Mode mode) throws Exception {
        try (var tracker = new CannedTracker(Population.WANTED - 1)) {
            Load load = mode.load(tracker, population);
            assertThatThrownBy(() -> load.run(Pace.once(), Population.WANTED))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("50");
        }
    }

    @Test
    void aFixedRateIsKeptAndWaitingCounts() throws Exception {
        try (var tracker = new CannedTracker(Population.WANTED)) {
            Outcome outcome =
                    Mode.UDP.load(tracker, population).run(Pace.at(200, Duration.ofSeconds(2)), Population.WANTED);
            assertThat(outcome.answered()).isBetween(200L, 400L);
            assertThat(outcome.p99()).isPositive();
        }
    }

    /** Otherwise one peer would be counted as several, or a seeder find too few leechers. */
    @Test
    void everyPeerHasItsOwnPortAndAddressAndHalfOfThemSeed() {
        assertThat(IntStream.range(0, population.size())
                        .mapToObj(number ->
                                "%d %d %d".formatted(number / 104, population.port(number), Population.address(number)))
                        .distinct())
                .hasSize(population.size());
        assertThat(IntStream.range(0, 104).filter(number -> population.left(number) == 0))
                .hasSize(52);
        assertThat(IntStream.range(0, 104).map(population::account).distinct()).hasSize(104);
    }
}
