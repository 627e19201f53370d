package io.pbts.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The client of npm's bittorrent-tracker, which WebTorrent announces with. */
final class NodeClient implements AutoCloseable {
    private static final Path SCRIPT = Stack.HOME.resolve("benchmarks/trackers/node-client.mjs");

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    NodeClient(String announce, String infoHash, int port, long left) {
        String peerId = "-AT0001-%012d".formatted(port);
        try {
            process = new ProcessBuilder(List.of(
                            "node",
                            SCRIPT.toString(),
                            announce,
                            infoHash,
                            peerId,
                            String.valueOf(port),
                            String.valueOf(left)))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter();
        var reader = process.inputReader();
        Thread.ofVirtual().start(() -> listen(reader));
    }

    private void listen(BufferedReader reader) {
        reader.lines().forEach(said::add);
    }

    void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says next that has such a field; everything before is left out. */
    JsonNode hears(String field) {
        try {
            for (String line = next(); ; line = next()) {
                JsonNode heard = Stack.JSON.readTree(line);
                if (heard.has(field)) {
                    return heard;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String next() throws InterruptedException {
        String line = said.poll(20, TimeUnit.SECONDS);
        if (line == null || !line.startsWith("{")) {
            throw new AssertionError("bittorrent-tracker's client says " + line + said);
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
