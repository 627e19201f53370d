package io.pbts.local.demo;

import io.pbts.local.chain.JsonRpc;
import io.pbts.local.console.Trouble;
import io.pbts.local.demo.Checkout.Finished;
import io.pbts.local.stack.Ports;
import io.pbts.protocol.account.EthereumAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tracker of its own for the play, in profile {@code production}, started and stopped by {@code ./pbts}. */
final class DemoTracker {
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final String CHAIN = "chain";

    private final Checkout checkout;
    private final Path data;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private DemoTracker(Checkout checkout, Path data, int port) {
        this.checkout = checkout;
        this.data = data;
        this.port = port;
    }

    /** A new tracker on a new chain. */
    static DemoTracker first(Checkout checkout, Path data) {
        return start(checkout, data, Map.of());
    }

    /** Another tracker with nothing of this one, which is gone, but the address of its contract on the same chain. */
    DemoTracker successor(Path successorData, Contracts left) {
        try {
            Files.createDirectories(successorData);
            Files.move(data.resolve(CHAIN), successorData.resolve(CHAIN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(
                checkout,
                successorData,
                Map.of("PBTS_PREDECESSOR", left.settlement(), "PBTS_FACTORY_ADDRESS", left.factory()));
    }

    private static DemoTracker start(Checkout checkout, Path data, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        // What the person at the terminal has set, wins.
        settings.put("INITIAL_CREDIT_POLICY", System.getenv().getOrDefault("INITIAL_CREDIT_POLICY", "funded-wallet"));
        settings.put("PBTS_JIT", System.getenv().getOrDefault("PBTS_JIT", "quick"));
        settings.put("PBTS_PRIVATE_NETWORKS", "127.0.0.0/8,::1/128");
        settings.put("PBTS_SETTLEMENT_INTERVAL", "2s");
        var ports = new Ports(RandomGenerator.getDefault());
        var tracker = new DemoTracker(checkout, data, ports.free());
        Finished started = checkout.run(
                START,
                settings,
                "up",
                "--detach",
                "--profile",
                "production",
                "--port",
                String.valueOf(tracker.port),
                "--announce-port",
                String.valueOf(ports.free()),
                "--data-dir",
                data.toString());
        if (started.exitCode() != 0) {
            throw new Trouble("the tracker did not start: " + started.output());
        }
        return tracker;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Standing standing(String userId) {
        return Standing.of(get("/user/" + userId, Map.of()));
    }

    /** The registry's entry of a torrent, with the counts of its swarm. */
    JsonNode torrent(String infoHash, String passkey) {
        return get("/api/v1/torrents/" + infoHash, Map.of("X-PBTS-Passkey", passkey));
    }

    /** What a successor needs to know of this tracker. */
    record Contracts(String settlement, String factory) {}

    Contracts contracts() {
        JsonNode status = get("/contract/status", Map.of());
        return new Contracts(
                status.path("settlement_address").asString(""),
                status.path("factory_address").asString(""));
    }

    JsonNode get(String path, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + path)).timeout(ANSWER);
        headers.forEach(request::header);
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new Trouble("GET %s is answered %d".formatted(path, answer.statusCode()));
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted", e);
        }
    }

    /** The chain, asked at its own node and not through the tracker. */
    ChainReader chain() {
        JsonNode description =
                JsonMapper.shared().readTree(data.resolve("stack.json").toFile());
        return new ChainReader(
                new JsonRpc(http, URI.create(description.path("rpc_url").asString())),
                EthereumAddress.parse(contracts().settlement()));
    }

    void stop() {
        checkout.run(STOP, Map.of(), "down", "--data-dir", data.toString());
    }

    /** Stops it and deletes its database, secrets and logs; the chain is not the tracker's. */
    void destroy() {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> doomed = files.filter(file -> !file.equals(data))
                    .filter(file -> !file.startsWith(data.resolve(CHAIN)))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : doomed) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether anything of its database is left. */
    boolean hasDatabase() {
        try (Stream<Path> left = Files.list(data)) {
            return left.anyMatch(file -> !file.getFileName().toString().equals(CHAIN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
