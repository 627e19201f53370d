package io.pbts.local.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that was started here and is stopped here. */
public final class RunningProcess {
    private static final int SIGNAL_EXIT = 128;

    private final ProcessSpec spec;
    private final Process process;
    private final ProcessRecords records;

    RunningProcess(ProcessSpec spec, Process process, ProcessRecords records) {
        this.spec = spec;
        this.process = process;
        this.records = records;
    }

    public String name() {
        return spec.name();
    }

    public long pid() {
        return process.pid();
    }

    public LogFile log() {
        return spec.log();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Tells once, from a thread of its own, when the process has ended for whatever reason. */
    public void whenEnded(Consumer<RunningProcess> listener) {
        Thread.ofVirtual().name("watch-" + name()).start(() -> {
            try {
                process.waitFor();
                listener.accept(this);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** How it ended, in words: {@code exit 1} or {@code signal 9}. */
    public String ending() {
        int code = process.exitValue();
        return code > SIGNAL_EXIT ? "signal " + (code - SIGNAL_EXIT) : "exit " + code;
    }

    /** Waits for a process that ends by itself; one that does not is killed. Returns whether it ended well. */
    public boolean finish(Duration limit) {
        boolean ended = await(limit);
        if (!ended) {
            process.destroyForcibly();
            await(spec.grace());
        }
        records.remove(name());
        return ended && process.exitValue() == 0;
    }

    /** Asks it to stop, waits as long as it was promised, then kills it. Returns whether it went by itself. */
    public boolean stop() {
        List<ProcessHandle> children = process.descendants().toList();
        boolean gone = !process.isAlive();
        if (!gone) {
            spec.stopSignal().send(pid());
            gone = await(spec.grace());
        }
        if (!gone) {
            process.destroyForcibly();
            await(spec.grace());
        }
        children.forEach(ProcessHandle::destroyForcibly);
        records.remove(name());
        return gone;
    }

    private boolean await(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
