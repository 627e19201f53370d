package io.pbts.contract.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pbts.protocol.hash.Keccak256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node whose chain is whatever a test says: real HTTP and JSON-RPC, no EVM. Blocks have hashes made of a branch's name. */
public final class FakeNode implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long FINALIZED_BEHIND = 10;

    private final HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private volatile long chainId;
    private volatile String genesis = "main";
    private volatile String branch = "main";
    private volatile long forkedAt = Long.MAX_VALUE;
    private volatile long head = 100;
    private volatile boolean down;

    public FakeNode(long chainId) {
        this.chainId = chainId;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FakeNode chainId(long id) {
        chainId = id;
        return this;
    }

    public FakeNode genesis(String name) {
        genesis = name;
        return this;
    }

    /** From that block on it shows another branch than everybody else. */
    public FakeNode forkAt(long block, String name) {
        branch = name;
        forkedAt = block;
        return this;
    }

    public FakeNode head(long block) {
        head = block;
        return this;
    }

    public FakeNode down(boolean isDown) {
        down = isDown;
        return this;
    }

    public boolean wasAsked(String method) {
        synchronized (asked) {
            return asked.contains(method);
        }
    }

    public void forget() {
        synchronized (asked) {
            asked.clear();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String method = request.get("method").asString();
            synchronized (asked) {
                asked.add(method);
            }
            if (down) {
                exchange.sendResponseHeaders(502, -1);
                return;
            }
            Map<String, Object> answer = new HashMap<>();
            answer.put("jsonrpc", "2.0");
            answer.put("id", request.get("id").asLong());
            answer.put("result", result(method, request.get("params")));
            byte[] body = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private @Nullable Object result(String method, JsonNode parameters) {
        return switch (method) {
            case "eth_chainId" -> hex(chainId);
            case "eth_getTransactionCount" -> hex(0);
            case "eth_getBlockByNumber" -> block(numberOf(parameters.get(0).asString()));
            case "eth_maxPriorityFeePerGas" -> hex(1);
            case "eth_getBalance" -> hex(7);
            default -> "0x";
        };
    }

    private long numberOf(String tag) {
        return switch (tag) {
            case "earliest" -> 0;
            case "latest" -> head;
            case "finalized" -> head - FINALIZED_BEHIND;
            default -> Long.decode(tag);
        };
    }

    private @Nullable Map<String, Object> block(long number) {
        if (number > head) {
            return null;
        }
        String name = number == 0 ? genesis : number >= forkedAt ? branch : "main";
        Bytes seed = Bytes.wrap((name + number).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "number", hex(number),
                "hash", Keccak256.hash(seed).toHexString(),
                "baseFeePerGas", "0x1");
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
