package io.pbts.local.testing;

import io.pbts.local.process.Isolation;
import io.pbts.local.process.Launcher;
import io.pbts.local.process.ProcessRecords;
import io.pbts.local.process.ProcessSpec;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.process.Starter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Starts real processes and stops every one of them at the end of a test. */
public final class TestParts implements Starter, AutoCloseable {
    public static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Launcher launcher;
    private final List<RunningProcess> started = new ArrayList<>();

    public TestParts(Path records) {
        this.launcher = new Launcher(Isolation.ofThisMachine(), new ProcessRecords(records));
    }

    @Override
    public RunningProcess start(ProcessSpec spec) {
        RunningProcess process = launcher.start(spec);
        started.add(process);
        return process;
    }

    /** As {@code kill -9} does it. */
    public static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    public static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create();
    }

    @Override
    public void close() {
        started.reversed().forEach(RunningProcess::stop);
    }
}
