package io.pbts.protocol.testing.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes what is exported by OTLP over HTTP, at a port of its own on loopback. */
public final class SpanCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort());
    }

    public List<ExportedSpan> spans() {
        return bodies.stream().flatMap(body -> ExportedSpan.of(body).stream()).toList();
    }

    /** All bytes that arrived, one char each: targets, headers and bodies. */
    public String everything() {
        var all = new StringBuilder(String.join("\n", heads));
        bodies.forEach(body -> all.append('\n').append(new String(body, StandardCharsets.ISO_8859_1)));
        return all.toString();
    }

    /** The targets that were asked for, each once. */
    public List<String> targets() {
        return heads.stream().map(head -> head.split(" ", 3)[1]).distinct().toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            heads.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().entrySet()));
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
