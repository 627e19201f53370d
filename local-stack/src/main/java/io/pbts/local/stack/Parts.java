package io.pbts.local.stack;

import io.pbts.local.console.Trouble;
import io.pbts.local.process.ProcessSpec;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.process.Starter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The processes that run for the stack. Parts are meant to run until they are stopped, so the end of one is news; helpers
 * end by themselves. Once stopping has begun, nothing starts any more: a signal may arrive in the middle of a start.
 */
final class Parts implements Starter {
    private final Starter launcher;
    private final Map<String, RunningProcess> running = new LinkedHashMap<>();
    private final List<RunningProcess> helpers = new ArrayList<>();
    private final CompletableFuture<RunningProcess> died = new CompletableFuture<>();
    private boolean stopping;

    Parts(Starter launcher) {
        this.launcher = launcher;
    }

    @Override
    public synchronized RunningProcess start(ProcessSpec spec) {
        RunningProcess part = launch(spec);
        running.put(part.name(), part);
        part.whenEnded(this::ended);
        return part;
    }

    synchronized RunningProcess startHelper(ProcessSpec spec) {
        helpers.removeIf(helper -> !helper.alive());
        RunningProcess helper = launch(spec);
        helpers.add(helper);
        return helper;
    }

    /** Completes with the first part that ended without being asked. */
    CompletableFuture<RunningProcess> died() {
        return died;
    }

    synchronized Map<String, RunningProcess> running() {
        return new LinkedHashMap<>(running);
    }

    /** Returns false when stopping has begun before. */
    synchronized boolean beginStopping() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    synchronized boolean stopping() {
        return stopping;
    }

    void stopHelpers() {
        List<RunningProcess> all;
        synchronized (this) {
            all = List.copyOf(helpers);
        }
        all.forEach(RunningProcess::stop);
    }

    /** Stops a part if it runs. Returns whether it was there and had to be killed. */
    boolean stop(String name) {
        Optional<RunningProcess> part;
        synchronized (this) {
            part = Optional.ofNullable(running.remove(name));
        }
        return part.isPresent() && !part.get().stop();
    }

    private RunningProcess launch(ProcessSpec spec) {
        if (stopping) {
            throw new Trouble("stopped while starting " + spec.name());
        }
        return launcher.start(spec);
    }

    private void ended(RunningProcess part) {
        if (!stopping()) {
            died.complete(part);
        }
    }
}
