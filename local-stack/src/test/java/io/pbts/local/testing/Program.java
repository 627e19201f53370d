package io.pbts.local.testing;

import io.pbts.local.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The supervisor as a person runs it: a process of its own with arguments, output and an exit code. */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static Program start(Path folder, Map<String, String> settings, List<String> arguments) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.pbts.local.Main"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(settings);
        return new Program(builder.start(), output);
    }

    public long pid() {
        return process.pid();
    }

    public Process process() {
        return process;
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits until the program says it; fails with the whole output when it ends or says nothing in time. */
    public void awaitLine(String text) {
        boolean said = Waiting.until(() -> output().contains(text) || !process.isAlive(), PATIENCE);
        if (!said || !output().contains(text)) {
            throw new AssertionError("never said '%s' but:\n%s".formatted(text, output()));
        }
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** A tidy end, so that no test leaves a database behind. */
    @Override
    public void close() {
        process.destroy();
        if (!Waiting.until(() -> !process.isAlive(), PATIENCE)) {
            process.destroyForcibly();
        }
    }
}
