package io.pbts.local.chain;

import io.pbts.local.directory.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The chain on disk: what {@code anvil_dumpState} returns (gzipped JSON in hex), kept as the gzip file. anvil's own
 * {@code --state} writes in place, so a kill inside a dump loses the chain; here a file is whole or not there. Streamed both
 * ways, because a chain of some days is larger than the supervisor's heap.
 */
final class ChainFile {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final byte[] LOAD_HEAD =
            JsonRpc.ascii("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_loadState\",\"params\":[\"0x");
    private static final byte[] LOAD_TAIL = JsonRpc.ascii("\"]}");
    private static final byte[] DUMP =
            JsonRpc.ascii("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_dumpState\",\"params\":[]}");

    private final Path path;

    ChainFile(Path folder) {
        this.path = folder.resolve("state.json.gz");
    }

    boolean exists() {
        return Files.exists(path);
    }

    void save(JsonRpc node) throws IOException {
        var request = node.request(HttpRequest.BodyPublishers.ofByteArray(DUMP), TIMEOUT);
        try (InputStream answer =
                node.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            HexStream.skipToHex(answer);
            new DurableFile(path).write(out -> copy(answer, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    void load(JsonRpc node) throws IOException {
        var body = HttpRequest.BodyPublishers.ofInputStream(this::loadRequest);
        var answer = node.send(node.request(body, TIMEOUT), HttpResponse.BodyHandlers.ofString());
        if (!answer.body().contains("\"result\":true")) {
            throw new IOException("anvil does not take the saved chain " + path + ": " + answer.body());
        }
    }

    private InputStream loadRequest() {
        try {
            return new SequenceInputStream(Collections.enumeration(List.of(
                    new ByteArrayInputStream(LOAD_HEAD),
                    HexStream.encode(Files.newInputStream(path)),
                    new ByteArrayInputStream(LOAD_TAIL))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(InputStream hex, OutputStream out) throws IOException {
        HexStream.decode(hex, out);
    }
}
