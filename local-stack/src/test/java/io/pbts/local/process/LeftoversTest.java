package io.pbts.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    Path folder;

    ProcessRecords records;
    Process process;

    @BeforeEach
    void start() throws IOException {
        records = new ProcessRecords(folder);
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void endTheProcessesOfAKilledRun() throws InterruptedException {
        records.write("receipt", ProcessId.of(process.pid()).orElseThrow());
        assertThat(sweep()).containsExactly("receipt");
        assertEnded(process);
        assertThat(records.read("receipt")).isEmpty();
    }

    @Test
    void neverTouchAnotherProcessThatGotTheSamePid() {
        records.write("receipt", new ProcessId(process.pid(), "0:1"));
        assertThat(sweep()).isEmpty();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void endTheDatabaseLast() throws IOException, InterruptedException {
        Process service = new ProcessBuilder("sleep", "60").start();
        records.write("postgres", ProcessId.of(process.pid()).orElseThrow());
        records.write("receipt", ProcessId.of(service.pid()).orElseThrow());
        assertThat(sweep()).containsExactly("receipt", "postgres");
        assertEnded(service);
        assertEnded(process);
    }

    /** The kernel has ended it when the sweep returns; the JVM, its parent, learns of that a moment later. */
    private static void assertEnded(Process process) throws InterruptedException {
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private List<String> sweep() {
        return new Leftovers(records, "postgres", Duration.ofSeconds(5)).sweep();
    }
}
