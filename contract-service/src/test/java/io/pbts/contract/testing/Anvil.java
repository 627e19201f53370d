package io.pbts.contract.testing;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real dev chain: the native anvil from npm with the flags of the local stack, on a port that was free. */
public final class Anvil implements AutoCloseable {
    public static final long CHAIN_ID = 31337;

    /** The first of anvil's ten accounts. Everybody has this key. */
    public static final String KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final int port;
    private final long chainId;
    private Process process;

    private Anvil(int port, long chainId) {
        this.port = port;
        this.chainId = chainId;
        this.process = launch();
        awaitAnswer();
    }

    public static Anvil start() {
        return start(CHAIN_ID);
    }

    public static Anvil start(long chainId) {
        return new Anvil(FreePort.next(), chainId);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Kills it as a power cut would and starts an empty one on the same port. */
    public void restartEmpty() {
        kill();
        process = launch();
        awaitAnswer();
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public String dumpState() {
        return rpc("anvil_dumpState").asString();
    }

    /** Kills it and brings it back with an earlier state, as the local stack does. */
    public void restartWith(String state) {
        restartEmpty();
        rpc("anvil_loadState", state);
    }

    public JsonNode rpc(String method, Object... parameters) {
        String body = JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(parameters)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url()))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            JsonNode answer = JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (answer.has("error")) {
                throw new IllegalStateException(method + ": " + answer.get("error"));
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public long nonce(String address) {
        return Long.decode(rpc("eth_getTransactionCount", address, "latest").asString());
    }

    public long blockNumber() {
        return Long.decode(rpc("eth_blockNumber").asString());
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(
                List.of(binary().toString(), "--port", String.valueOf(port), "--chain-id", String.valueOf(chainId)));
        command.addAll(List.of("--block-time", "1", "--slots-in-an-epoch", "1", "--enable-tx-gas-limit", "--silent"));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> rpc("eth_chainId").isString());
    }

    /** Native, not npm's shim: killing the shim leaves the chain behind. */
    private static Path binary() {
        Path contracts = contracts();
        Path packages = contracts.resolve("node_modules/@foundry-rs");
        if (Files.isDirectory(packages)) {
            try (DirectoryStream<Path> platforms = Files.newDirectoryStream(packages, "anvil-*")) {
                for (Path platform : platforms) {
                    Path binary = platform.resolve("bin/anvil");
                    if (Files.isExecutable(binary)) {
                        return binary;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException(
                "no anvil below " + packages + ". Run: cd contracts && npm ci --ignore-scripts");
    }

    private static Path contracts() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("contracts/foundry.toml"))) {
                return folder.resolve("contracts");
            }
        }
        throw new IllegalStateException("the repository's contracts folder is not above the working directory");
    }
}
