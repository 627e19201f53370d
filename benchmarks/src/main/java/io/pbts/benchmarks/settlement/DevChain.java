package io.pbts.benchmarks.settlement;

import io.pbts.benchmarks.network.Loopback;
import java.io.IOException;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An empty dev chain that ends with the bench: the native anvil of the contracts' packages, a block for each transaction, and
 * Ethereum's cap on the gas of one transaction (EIP-7825).
 */
final class DevChain implements AutoCloseable {
    static final long TRANSACTION_CAP = 16_777_216;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CALL = Duration.ofMinutes(1);
    private static final Duration START = Duration.ofSeconds(30);
    private static final int CALLS_AT_ONCE = 250;

    private final Process process;
    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String sender;

    private DevChain(Process process, URI url) throws IOException, InterruptedException {
        this.process = process;
        this.url = url;
        this.sender = firstAccount();
    }

    /**
     * What became of a transaction.
     *
     * @param created of a contract
     */
    record Receipt(boolean succeeded, long gasUsed, Optional<Bytes> created) {}

    static DevChain start(Path contracts) throws IOException, InterruptedException {
        int port = Loopback.freePort();
        Process process = new ProcessBuilder(
                        binary(contracts).toString(),
                        "--port",
                        Integer.toString(port),
                        "--enable-tx-gas-limit",
                        "--silent")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new DevChain(process, URI.create("http://127.0.0.1:" + port));
    }

    /** Who signs; the chain has its key. */
    Bytes sender() {
        return Bytes.fromHexString(sender);
    }

    /** The transaction's receipt; refused by the node before it is mined: empty. */
    Optional<Receipt> send(Optional<Bytes> destination, Bytes payload) throws IOException, InterruptedException {
        var transaction = new java.util.LinkedHashMap<String, Object>(
                Map.of("from", sender, "gas", "0x" + Long.toHexString(TRANSACTION_CAP), "data", payload.toHexString()));
        destination.ifPresent(to -> transaction.put("to", to.toHexString()));
        JsonNode answer = ask(request(0, "eth_sendTransaction", transaction));
        if (answer.has("error")) {
            return Optional.empty();
        }
        JsonNode receipt = mined(answer.get("result").asString());
        return Optional.of(new Receipt(
                receipt.path("status").asString().equals("0x1"),
                Long.decode(receipt.path("gasUsed").asString()),
                Optional.ofNullable(receipt.path("contractAddress").asString(null))
                        .map(Bytes::fromHexString)));
    }

    private JsonNode mined(String hash) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CALL.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode receipt = result(ask(request(0, "eth_getTransactionReceipt", hash)));
            if (receipt.isObject()) {
                return receipt;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IOException("transaction %s was not mined".formatted(hash));
    }

    /** What a contract answers to each of these calls. */
    List<Bytes> read(Bytes contract, List<Bytes> calls) throws IOException, InterruptedException {
        List<Bytes> answers = new ArrayList<>(calls.size());
        for (int from = 0; from < calls.size(); from += CALLS_AT_ONCE) {
            List<Bytes> page = calls.subList(from, Math.min(calls.size(), from + CALLS_AT_ONCE));
            List<Object> batch = new ArrayList<>();
            for (Bytes call : page) {
                batch.add(request(
                        batch.size(),
                        "eth_call",
                        Map.of("to", contract.toHexString(), "data", call.toHexString()),
                        "latest"));
            }
            Bytes[] ordered = new Bytes[page.size()];
            for (JsonNode answer : ask(batch)) {
                ordered[answer.get("id").asInt()] =
                        Bytes.fromHexString(result(answer).asString());
            }
            answers.addAll(List.of(ordered));
        }
        return answers;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String firstAccount() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                return result(ask(request(0, "eth_accounts"))).get(0).asString();
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new IOException("anvil did not start", notYet);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static Map<String, Object> request(int id, String method, Object... parameters) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", List.of(parameters));
    }

    private JsonNode ask(Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(CALL)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    private static JsonNode result(JsonNode answer) throws IOException {
        if (answer.has("error")) {
            throw new IOException("the dev chain refused: " + answer.get("error"));
        }
        return answer.get("result");
    }

    /** Native, not npm's shim: stopping the shim leaves the chain behind. */
    private static Path binary(Path contracts) throws IOException {
        Path packages = contracts.resolve("node_modules/@foundry-rs");
        if (Files.isDirectory(packages)) {
            try (DirectoryStream<Path> platforms = Files.newDirectoryStream(packages, "anvil-*")) {
                for (Path platform : platforms) {
                    Path binary = platform.resolve("bin/anvil");
                    if (Files.isExecutable(binary)) {
                        return binary;
                    }
                }
            }
        }
        throw new IOException("no anvil below %s: run npm ci --ignore-scripts in contracts".formatted(packages));
    }
}
