package io.pbts.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuClockTest {
    @Test
    void countsOwnTimeAndThatOfChildrenThatEnded() {
        String stat = "42 (a (strange) name) S 1 42 42 0 -1 4194560 100 0 0 0 7 5 2 1 20 0 30 0 12345 1000 20";
        assertThat(CpuClock.used(stat)).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void seesWorkOfThisProcessAndOfTheMachine() throws IOException {
        var clock = new CpuClock(Map.of("me", ProcessHandle.current().pid()));
        var before = clock.read();
        long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
        long work = 0;
        while (System.nanoTime() < end) {
            work++;
        }
        var used = CpuClock.between(before, clock.read());
        assertThat(work).isPositive();
        assertThat(used.get("me")).isBetween(Duration.ofMillis(20), Duration.ofSeconds(10));
        assertThat(used.get(CpuClock.MACHINE)).isPositive();
    }
}
