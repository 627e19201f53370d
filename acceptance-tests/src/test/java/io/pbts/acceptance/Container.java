package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process in the place of a container. */
record Container(String name, Launch launch, Process process, Path log) {
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofSeconds(60);

    /**
     * What is started.
     *
     * @param ports the container's ports and where they are on this machine's loopback
     * @param ready a command that succeeds when it takes requests
     * @param stop the signal that ends it, as the image says
     */
    record Launch(
            List<String> command,
            Map<String, String> environment,
            Map<Integer, Integer> ports,
            List<String> ready,
            String stop) {}

    static Container start(String name, Launch launch, Path folder) {
        try {
            Path log = Files.createTempFile(folder, name + "-", ".log");
            var builder = new ProcessBuilder(launch.command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(log.toFile());
            builder.environment().putAll(launch.environment());
            var container = new Container(name, launch, builder.start(), log);
            container.killWithThisProgram();
            return container;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killWithThisProgram() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        } catch (IllegalStateException late) {
            kill();
            throw late;
        }
    }

    void awaitReady() {
        Await.until(name + " is ready; its log is " + log, START, () -> !process.isAlive() || isReady(), done -> done);
        if (!process.isAlive()) {
            throw new AssertionError(name + " did not start:\n" + tail());
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Its signal, as an engine stops a container; fails when it does not go. */
    void stop() {
        stop(STOP);
    }

    /** The same with another patience. */
    void stop(Duration patience) {
        Shell.run("kill", "-s", launch.stop(), String.valueOf(process.pid()));
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError(
                        "%s is still there %s after %s:\n%s".formatted(name, patience, launch.stop(), tail()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL, also for what it started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private boolean isReady() {
        List<String> patient = List.of("bash", "-c", "\"$@\" || { sleep 1; exit 1; }", "ready");
        List<String> command =
                Stream.concat(patient.stream(), launch.ready().stream()).toList();
        return Shell.run(Path.of("/"), START, launch.environment(), command).exitCode() == 0;
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
