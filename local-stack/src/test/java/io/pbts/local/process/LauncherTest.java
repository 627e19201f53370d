package io.pbts.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.local.testing.TestParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    TestParts parts;

    @BeforeEach
    void open() {
        parts = new TestParts(folder.resolve("run"));
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void keepsAProcessAliveWhenTheThreadThatAskedForItEnds() throws InterruptedException {
        var started = new AtomicReference<RunningProcess>();
        Thread asking = Thread.ofPlatform().start(() -> started.set(parts.start(spec("sleep", "60"))));
        asking.join();
        assertThat(Waiting.until(() -> !started.get().alive(), Duration.ofSeconds(1)))
                .isFalse();
    }

    @Test
    void givesAProcessNothingOfItsOwnEnvironment() throws Exception {
        RunningProcess process = parts.start(spec("/usr/bin/env"));
        assertThat(process.finish(SOON)).isTrue();
        assertThat(Files.readAllLines(process.log().path())).containsExactly("GIVEN=yes");
    }

    @Test
    void recordsWhatRunsAndForgetsWhatWasStopped() {
        var records = new ProcessRecords(folder.resolve("run"));
        RunningProcess process = parts.start(spec("sleep", "60"));
        assertThat(records.alive()).containsOnlyKeys("sample");
        assertThat(records.alive().get("sample").pid()).isEqualTo(process.pid());
        process.stop();
        assertThat(records.alive()).isEmpty();
        assertThat(records.read("sample")).isEmpty();
    }

    @Test
    void killsAProcessThatDoesNotStop() {
        var stubborn = new ProcessSpec(
                "sample",
                List.of(),
                List.of("/bin/sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"),
                Map.of("PATH", "/usr/bin:/bin"),
                folder,
                new LogFile(folder.resolve("sample.log")),
                StopSignal.TERM,
                Duration.ofSeconds(2));
        RunningProcess process = parts.start(stubborn);
        assertThat(Waiting.until(() -> process.log().tail().contains("deaf"), SOON))
                .isTrue();
        assertThat(process.stop()).isFalse();
        assertThat(process.alive()).isFalse();
        assertThat(process.ending()).isEqualTo("signal 9");
    }

    @Test
    void stopsTheChildrenOfAProcessToo() {
        RunningProcess process = parts.start(spec("/bin/sh", "-c", "sleep 61 & wait"));
        assertThat(Waiting.until(() -> children(process) == 1, SOON)).isTrue();
        List<ProcessHandle> all =
                ProcessHandle.of(process.pid()).orElseThrow().descendants().toList();
        process.stop();
        assertThat(Waiting.until(() -> all.stream().noneMatch(ProcessHandle::isAlive), SOON))
                .isTrue();
    }

    private static long children(RunningProcess process) {
        return ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .count();
    }

    private ProcessSpec spec(String... command) {
        return ProcessSpec.of(
                "sample", List.of(command), Map.of("GIVEN", "yes"), folder, new LogFile(folder.resolve("sample.log")));
    }
}
