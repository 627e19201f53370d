package io.pbts.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Keys, torrents and receipts by an implementation that shares no code with PBTS (noble, on Node). */
final class IndependentClient {
    private static final Path FOLDER = Stack.HOME.resolve("acceptance-tests/src/test/node");
    private static IndependentClient running;

    private final BufferedReader answers;
    private final Writer commands;

    private IndependentClient(Process process) {
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    static synchronized IndependentClient get() {
        if (running == null) {
            if (!Files.isDirectory(FOLDER.resolve("node_modules/@noble/curves"))) {
                Shell.run(FOLDER, Duration.ofMinutes(3), Map.of(), List.of("npm", "ci", "--ignore-scripts", "--silent"))
                        .succeeded();
            }
            try {
                Process process = new ProcessBuilder("node", "client.mjs")
                        .directory(FOLDER.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
                running = new IndependentClient(process);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    synchronized JsonNode ask(String command, Map<String, ?> arguments) {
        Map<String, Object> line = new HashMap<>(arguments);
        line.put("cmd", command);
        try {
            commands.write(Stack.JSON.writeValueAsString(line));
            commands.write('\n');
            commands.flush();
            String answer = answers.readLine();
            JsonNode parsed = Stack.JSON.readTree(answer == null ? "{\"failure\":\"client is gone\"}" : answer);
            if (parsed.has("failure")) {
                throw new AssertionError(command + ": " + parsed.path("failure").asString());
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
