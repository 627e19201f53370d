package io.pbts.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessIdTest {
    @Test
    void knowsTheProcessThatItIs() {
        assertThat(ProcessId.self().alive()).isTrue();
        assertThat(ProcessId.of(ProcessHandle.current().pid())).contains(ProcessId.self());
    }

    @Test
    void isDeadWhenTheProcessIsGone() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessId id = ProcessId.of(process.pid()).orElseThrow();
        assertThat(id.alive()).isTrue();
        process.destroyForcibly().waitFor();
        assertThat(id.alive()).isFalse();
    }

    @Test
    void isAnotherProcessWhenThePidWasGivenAway() {
        var earlier = new ProcessId(ProcessHandle.current().pid(), "0:1");
        assertThat(earlier.alive()).isFalse();
    }

    @Test
    void isReadAsItWasWritten() {
        assertThat(ProcessId.parse(ProcessId.self().text())).contains(ProcessId.self());
    }

    @Test
    void isNotReadFromAHalfWrittenRecord() {
        assertThat(ProcessId.parse("")).isEmpty();
        assertThat(ProcessId.parse("1234")).isEmpty();
        assertThat(ProcessId.parse("1234 ../../etc")).isEmpty();
    }
}
