package io.pbts.receipt.testing;

import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client that says nothing it was not told to: no content type unless one is given. */
public final class Http {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;
    private final Supplier<String> token;

    private Http(String base, Supplier<String> token) {
        this.base = base;
        this.token = token;
    }

    /** As the gateway speaks for somebody on this machine without a bearer credential. */
    public Http(int port) {
        this("http://127.0.0.1:" + port, TestKeys.visitor("receipt").at(World.CLOCK)::text);
    }

    /** The same service asked with this service token. */
    public Http as(TestToken other) {
        return asText(other.at(World.CLOCK).text());
    }

    /** The same with whatever text for a token; none when empty. */
    public Http asText(String text) {
        return new Http(base, () -> text);
    }

    public Http asService(String name) {
        return as(TestKeys.token(name, "receipt"));
    }

    /** As the gateway speaks for somebody elsewhere without a bearer credential. */
    public Http asStranger() {
        return as(TestKeys.token("gateway", "receipt").asAnonymous("203.0.113.9"));
    }

    /** What came back. */
    public record Reply(int status, Map<String, List<String>> headers, String text) {
        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String error() {
            return json().path("error").asString();
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of(""))
                    .getFirst();
        }

        /** The codes of a report's results, in order. */
        public List<String> codes() {
            return json().path("results").values().stream()
                    .map(result -> result.path("code").asString())
                    .toList();
        }
    }

    public Reply get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    /** The body of an answer that is no text. */
    public byte[] bytes(String path) {
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(URI.create(base + path)).GET(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + response.statusCode());
        }
        return response.body();
    }

    public Reply post(String path, Object json, String... headers) {
        return postText(path, JSON.writeValueAsString(json), headers);
    }

    public Reply postText(String path, String body, String... headers) {
        return postBytes(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    public Reply postBytes(String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private Reply send(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request, BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.headers().map(), response.body());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        String text = token.get();
        if (!text.isEmpty()) {
            request.header(TestToken.HEADER, text);
        }
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(30)).build(), handler);
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
