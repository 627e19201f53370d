package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command as a user would and keeps what it printed. */
final class Shell {
    private Shell() {}

    record Outcome(int exitCode, String output) {
        Outcome succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + output);
            }
            return this;
        }
    }

    static Outcome run(Path directory, Duration patience, Map<String, String> environment, List<String> command) {
        try {
            Path output = java.nio.file.Files.createTempFile("pbts-acceptance", ".out");
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + patience + ": " + command + "\n"
                        + java.nio.file.Files.readString(output));
            }
            String text = new String(java.nio.file.Files.readAllBytes(output), StandardCharsets.UTF_8);
            java.nio.file.Files.delete(output);
            return new Outcome(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static Outcome run(String... command) {
        return run(Path.of("."), Duration.ofMinutes(1), Map.of(), List.of(command));
    }

    /** Whether a process still does anything: a zombie that nobody has reaped does not. */
    static boolean runs(ProcessHandle process) {
        try {
            String stat = java.nio.file.Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }
}
