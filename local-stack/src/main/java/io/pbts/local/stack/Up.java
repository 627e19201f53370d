package io.pbts.local.stack;

import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.InstanceLock;
import io.pbts.local.process.Isolation;
import io.pbts.local.process.Launcher;
import io.pbts.local.process.ProcessId;
import io.pbts.local.process.RunningProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** {@code up}: one supervisor per data directory, from lock to unlock. */
public final class Up {
    private static final Duration LOCK = Duration.ofSeconds(1);

    private final StackOptions options;
    private final Console console;
    private final Clock clock;

    public Up(StackOptions options, Console console, Clock clock) {
        this.options = options;
        this.console = console;
        this.clock = clock;
    }

    /** Runs until Ctrl-C, SIGTERM ({@code down}) or the end of a part. Returns the exit code. */
    public int run() {
        DataDirectory directory = options.directory();
        directory.prepare();
        try (InstanceLock _ = InstanceLock.take(directory, LOCK).orElseThrow(() -> Running.alreadyUp(directory))) {
            directory.records().write(Running.SUPERVISOR, ProcessId.self());
            int code = runLocked();
            directory.records().remove(Running.SUPERVISOR);
            return code;
        }
    }

    private int runLocked() {
        List<String> leftovers = Running.sweep(options.directory());
        if (!leftovers.isEmpty()) {
            console.line("stopped what a killed run left behind: " + String.join(", ", leftovers));
        }
        Ports.requireFree(options.port(), options.profile(), "--port");
        Ports.requireFree(options.announcePort(), options.profile(), "--announce-port");
        var launcher =
                new Launcher(Isolation.ofThisMachine(), options.directory().records());
        return supervise(new Stack(options, launcher, console));
    }

    private int supervise(Stack stack) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stack.stop();
            options.directory().records().remove(Running.SUPERVISOR);
        }));
        try {
            stack.start(clock);
            if (!stack.stopping() && !stack.died().isDone()) {
                stack.announce();
                stack.train();
            }
            console.error(obituary(stack.died().join()));
        } catch (Trouble e) {
            if (!stack.stopping()) {
                console.error(String.valueOf(e.getMessage()));
            }
        }
        // After a signal another thread is stopping it already: then this one waits here for the end.
        stack.stop();
        return 1;
    }

    private static String obituary(RunningProcess part) {
        return "%s stopped by itself (%s), so everything stops; the end of %s:\n%s"
                .formatted(
                        part.name(),
                        part.ending(),
                        part.log().path(),
                        String.join("\n", part.log().tail()));
    }
}
