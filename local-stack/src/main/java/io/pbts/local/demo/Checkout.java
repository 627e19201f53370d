package io.pbts.local.demo;

import io.pbts.local.console.Trouble;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./pbts} as a person would. */
record Checkout(Path root) {

    /** @param output standard output and standard error as they came */
    record Finished(int exitCode, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Runs to its end; a program that takes longer is in the way. */
    Finished run(Duration limit, Map<String, String> environment, String... arguments) {
        try {
            Path output = Files.createTempFile("pbts-demo", ".out");
            try {
                Process process = start(output, environment, arguments);
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new Trouble("not done after %d s: pbts %s\n%s"
                            .formatted(limit.toSeconds(), String.join(" ", arguments), read(output)));
                }
                return new Finished(process.exitValue(), read(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted", e);
        }
    }

    /** Runs on; what it prints goes to the file. */
    Process start(Path output, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("pbts").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // What is built is built by the script that runs the demo.
        builder.environment().put("PBTS_NO_BUILD", "1");
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}
