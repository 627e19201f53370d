package io.pbts.announce.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.testing.TrackerFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RehearsalTest {

    @Test
    void isOverBeforeTheTrackerListensAndLeavesNothing(CapturedOutput output) {
        try (var fixture =
                new TrackerFixture("production", "--pbts.tracker.rehearsal=10s", "--pbts.rules.clients-allowed=-TR")) {
            assertThat(output.getOut().lines().filter(line -> line.contains(" event=tracker_")))
                    .satisfiesExactly(
                            line -> assertThat(line).endsWith("event=tracker_rehearsed announces=20000 connections=16"),
                            line -> assertThat(line).contains("event=tracker_listening"));
            assertThat(fixture.bean(Swarms.class).totals()).isEqualTo(new SwarmTotals(0, 0));
            assertThat(fixture.bean(MeterRegistry.class)
                            .find("pbts.tracker.requests")
                            .functionCounters())
                    .isNotEmpty()
                    .allMatch(counter -> counter.count() == 0);
        }
    }

    @Test
    void isLeftOutWhereNoTimeIsGranted(CapturedOutput output) {
        try (var _ = new TrackerFixture("local", "--pbts.tracker.rehearsal=0s")) {
            assertThat(output)
                    .contains("event=tracker_listening")
                    .doesNotContain("event=tracker_rehearsed")
                    .doesNotContain("event=rehearsal_ended");
        }
    }
}
