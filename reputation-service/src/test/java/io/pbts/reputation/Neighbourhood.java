package io.pbts.reputation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The other services as their routes: what a path answers is set by a test, and a path that is not set answers 503. */
public final class Neighbourhood {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    public Neighbourhood() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public void answers(String path, String json) {
        answers.put(path, json);
    }

    public void isAway() {
        answers.clear();
    }

    void register(DynamicPropertyRegistry registry) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        registry.add("pbts.neighbours.announce-url", () -> url);
        registry.add("pbts.neighbours.receipt-url", () -> url);
        registry.add("pbts.neighbours.contract-url", () -> url);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String answer = answers.get(exchange.getRequestURI().getPath());
        byte[] body = (answer == null ? "{}" : answer).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer == null ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
