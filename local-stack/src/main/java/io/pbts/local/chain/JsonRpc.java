package io.pbts.local.chain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC 2.0 over HTTP, as far as the stack and auditors need it. */
public final class JsonRpc {
    private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-fA-F]{1,15}");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI node;

    public JsonRpc(HttpClient http, URI node) {
        this.http = http;
        this.node = node;
    }

    /** The result. Every failure is an IOException: the node may be starting or gone. */
    public JsonNode call(String method, Object... parameters) throws IOException {
        byte[] body = JSON.writeValueAsBytes(
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(parameters)));
        var request = request(HttpRequest.BodyPublishers.ofByteArray(body), TIMEOUT);
        try {
            JsonNode answer = JSON.readTree(
                    send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
            if (!answer.has("result")) {
                throw new IOException(
                        method + ": " + answer.path("error").path("message").asString("no result"));
            }
            return answer.get("result");
        } catch (JacksonException e) {
            throw new IOException(method + ": not JSON", e);
        }
    }

    /** A quantity such as {@code 0x1b4}. */
    public long quantity(String method, Object... parameters) throws IOException {
        String text = call(method, parameters).asString("");
        if (!QUANTITY.matcher(text).matches()) {
            throw new IOException(method + " is not answered with a number");
        }
        return Long.parseLong(text.substring(2), 16);
    }

    HttpRequest request(HttpRequest.BodyPublisher body, Duration timeout) {
        return HttpRequest.newBuilder(node)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
