package io.pbts.local.process;

import io.pbts.local.console.Trouble;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts every process from one thread that lives as long as the supervisor. Linux delivers the parent-death signal
 * (prctl(2), PR_SET_PDEATHSIG) when the <em>thread</em> that forked ends, so a child started from a worker would die with it.
 */
public final class Launcher implements Starter {
    private static final File NOTHING = new File("/dev/null");

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("launcher").factory());
    private final Isolation isolation;
    private final ProcessRecords records;

    public Launcher(Isolation isolation, ProcessRecords records) {
        this.isolation = isolation;
        this.records = records;
    }

    /** Starts and records a process; its output goes to its log, which begins anew. */
    @Override
    public RunningProcess start(ProcessSpec spec) {
        try {
            return thread.submit(() -> launch(spec)).get();
        } catch (ExecutionException e) {
            throw new Trouble("cannot start " + spec.name() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + spec.name(), e);
        }
    }

    private RunningProcess launch(ProcessSpec spec) throws IOException {
        spec.log().rotate();
        List<String> command = new ArrayList<>(isolation.ownSession());
        command.addAll(spec.prefix());
        command.addAll(isolation.endsWithParent(spec.stopSignal().whenParentDies()));
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(spec.log().path().toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        Process process = builder.start();
        // A process that is already gone needs no record.
        ProcessId.of(process.pid()).ifPresent(id -> records.write(spec.name(), id));
        return new RunningProcess(spec, process, records);
    }
}
