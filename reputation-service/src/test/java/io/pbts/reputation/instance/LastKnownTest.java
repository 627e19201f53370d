package io.pbts.reputation.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.support.FactUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastKnownTest {
    private final Hand clock = new Hand();
    private int asked;
    private boolean away;
    private final LastKnown<Integer> fact = new LastKnown<>(this::ask, Duration.ofSeconds(5), clock);

    private int ask() {
        asked++;
        if (away) {
            throw new FactUnavailable("its owner", null);
        }
        return asked;
    }

    @Test
    void aFreshAnswerIsNotAskedForAgainAndAnOldOneIs() {
        assertThat(fact.get()).isEqualTo(1);
        clock.pass(Duration.ofSeconds(4));
        assertThat(fact.get()).isEqualTo(1);
        clock.pass(Duration.ofSeconds(1));
        assertThat(fact.get()).isEqualTo(2);
    }

    @Test
    void theLastAnswerStandsWhileTheOwnerIsAwayAndTheOwnerIsNotPestered() {
        fact.get();
        away = true;
        clock.pass(Duration.ofSeconds(5));

        assertThat(fact.get()).isEqualTo(1);
        assertThat(fact.get()).isEqualTo(1);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whatWasNeverKnownIsUnavailableUntilItsOwnerIsBack() {
        away = true;
        assertThatExceptionOfType(FactUnavailable.class).isThrownBy(fact::get);

        away = false;
        assertThat(fact.get()).isEqualTo(2);
    }

    @Test
    void oneAsksAndTheOthersReadTheLastAnswerInsteadOfWaiting() throws Exception {
        var answer = new CountDownLatch(1);
        var asking = new CountDownLatch(1);
        var slow = new LastKnown<>(() -> asked++ == 0 ? 1 : slowly(asking, answer), Duration.ofSeconds(5), clock);
        slow.get();
        clock.pass(Duration.ofSeconds(5));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(slow::get);
            assertThat(asking.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.get()).isEqualTo(1);
            answer.countDown();
            assertThat(first.get()).isEqualTo(42);
        }
    }

    private static int slowly(CountDownLatch asking, CountDownLatch answer) {
        try {
            asking.countDown();
            assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
            return 42;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A clock that a test moves on. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-11-20T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
