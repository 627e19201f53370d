package io.pbts.local.stack;

import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.InstanceLock;
import io.pbts.local.process.ProcessId;
import io.pbts.local.process.Waiting;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code down}: asks the supervisor to stop, and cleans up after one that was killed. */
public final class Down {
    private static final Duration STOPPING = Duration.ofMinutes(2);
    private static final Duration LOCK = Duration.ofSeconds(10);

    private final DataDirectory directory;
    private final Console console;

    public Down(DataDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /** Returns the exit code: 0 when nothing runs afterwards. */
    public int run() {
        if (!Files.isDirectory(directory.records().directory())) {
            return say("PBTS is not running (%s)".formatted(directory.path()));
        }
        Optional<ProcessId> supervisor = Running.supervisor(directory);
        supervisor.ifPresent(this::stop);
        try (InstanceLock _ = InstanceLock.take(directory, LOCK).orElseThrow(() -> Running.alreadyUp(directory))) {
            List<String> leftovers = Running.sweep(directory);
            directory.records().remove(Running.SUPERVISOR);
            if (!leftovers.isEmpty()) {
                return say("stopped what a killed run left behind: " + String.join(", ", leftovers));
            }
            return say(
                    supervisor.isPresent() ? "PBTS is down" : "PBTS is not running (%s)".formatted(directory.path()));
        }
    }

    private void stop(ProcessId supervisor) {
        ProcessHandle.of(supervisor.pid()).ifPresent(ProcessHandle::destroy);
        if (!Waiting.until(() -> !supervisor.alive(), STOPPING)) {
            throw new Trouble("the supervisor (pid %d) has not stopped after %d s: kill -9 %d, then ./pbts down again"
                    .formatted(supervisor.pid(), STOPPING.toSeconds(), supervisor.pid()));
        }
    }

    private int say(String line) {
        console.line(line);
        return 0;
    }
}
