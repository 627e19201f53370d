package io.pbts.local.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program with a service's outside: it listens where it is told, says that it is ready, and tells what it was given. The
 * setting {@code PBTS_FAKE_EXIT=part:code} lets one of them end by itself once it was asked for its readiness.
 */
public final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new TreeMap<>(System.getenv());
        String self = System.getProperty("sun.java.command", "");
        var server = HttpServer.create(
                new InetSocketAddress(settings.get("SERVER_ADDRESS"), Integer.parseInt(settings.get("SERVER_PORT"))),
                0);
        answer(server, "/actuator/health/readiness", "{\"status\": \"UP\"}");
        answer(server, "/health", "{\"status\": \"healthy\"}");
        answer(
                server,
                "/contract/status",
                "{\"success\": true, \"settlement_address\": \"0x00000000000000000000000000000000000000A1\"}");
        answer(server, "/settings", String.join("\n", settings.keySet()) + "\n");
        String[] exit = settings.getOrDefault("PBTS_FAKE_EXIT", "nobody:0").split(":", -1);
        if (self.contains(exit[0] + "-service")) {
            System.out.println("a disk somewhere is full");
            System.exit(Integer.parseInt(exit[1]));
        }
        server.start();
    }

    private static void answer(HttpServer server, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            try (exchange) {
                exchange.getResponseBody().write(bytes);
            }
        });
    }
}
