package io.pbts.contract.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A JSON-RPC proxy in front of a node that fails as networks and providers do. */
public final class FaultyNetwork implements AutoCloseable {
    /** What goes wrong. */
    public enum Fault {
        NONE,
        /** Every call fails before it reaches the node. */
        CUT,
        /** Signed bytes never reach the node; everything else works. */
        SENDING_LOST,
        /** Signed bytes reach the node, its answer never comes back. */
        ANSWER_LOST,
        /** The provider answers 503. */
        OVERLOADED,
        /** Half of the JSON. */
        TRUNCATED,
        /** The node takes the call and never answers. */
        HANGING,
        /** Signed bytes are answered as taken, and are in no pool: the node has dropped them. */
        DROPPED,
        /** The node behind the URL is on another chain. */
        WRONG_CHAIN
    }

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final HttpServer server;
    private final URI node;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Semaphore released = new Semaphore(0);
    private final AtomicInteger sent = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    public FaultyNetwork(String node) {
        this.node = URI.create(node);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void fail(Fault how) {
        fault = how;
        released.release(released.getQueueLength());
    }

    /** How often signed bytes were handed to this network. */
    public int sendingsSeen() {
        return sent.get();
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean sending = new String(body, StandardCharsets.UTF_8).contains("eth_sendRawTransaction");
            if (sending) {
                sent.incrementAndGet();
            }
            switch (fault) {
                case CUT -> {}
                case SENDING_LOST -> forwardUnless(sending, exchange, body);
                case ANSWER_LOST -> {
                    byte[] answer = ask(body);
                    if (!sending) {
                        answer(exchange, 200, answer);
                    }
                }
                case OVERLOADED -> answer(exchange, 503, "slow down".getBytes(StandardCharsets.UTF_8));
                case TRUNCATED -> answer(exchange, 200, "{\"jsonrpc\":\"2.0\",\"id".getBytes(StandardCharsets.UTF_8));
                case HANGING -> hang();
                case DROPPED -> answer(exchange, 200, sending ? taken(body) : ask(body));
                case WRONG_CHAIN -> answer(exchange, 200, elsewhere(ask(body)));
                case NONE -> answer(exchange, 200, ask(body));
            }
        }
    }

    private void forwardUnless(boolean lost, HttpExchange exchange, byte[] body) throws IOException {
        if (!lost) {
            answer(exchange, 200, ask(body));
        }
    }

    /** Longer than any caller waits; the exchange then closes without an answer. */
    private void hang() {
        try {
            released.tryAcquire(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a node says that has taken signed bytes: their hash, which nobody here reads. */
    private static byte[] taken(byte[] body) {
        String id = ID.matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":\"0x%s\"}"
                .formatted(id, "0".repeat(64))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] elsewhere(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8)
                .replace("\"0x7a69\"", "\"0x7a6a\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] ask(byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(node)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
