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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

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
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stack::stop));
        try {
            stack.start(clock);
            if (!stack.died().isDone()) {
                stack.announce();
                stack.train();
            }
            console.error(obituary(stack.died().get()));
        } catch (Trouble | IllegalStateException e) {
            if (stack.stopping()) {
                return waitForTheEnd();
            }
            console.error(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stack.stop();
        return 1;
    }

    /** A signal stops the stack from another thread and ends the JVM; until then this one has nothing to say. */
    private static int waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
