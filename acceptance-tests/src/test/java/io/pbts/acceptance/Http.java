package io.pbts.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Plain HTTP, with bodies as bytes. */
record Http(URI base, HttpClient client) {
    private static final HttpClient CLIENT = builder().build();

    Http(URI base) {
        this(base, CLIENT);
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    /** The same server, asked from another address of this machine (any of 127.0.0.0/8 will do on Linux). */
    Http from(String localAddress) {
        var bound = builder().localAddress(InetAddress.ofLiteral(localAddress)).build();
        return new Http(base, bound);
    }

    record Answer(int status, Bytes content, HttpResponse<byte[]> raw) {
        byte[] body() {
            return content.toArrayUnsafe();
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Stack.JSON.readTree(body());
        }

        /** The stable code of a problem; empty when the body has none. */
        String code() {
            try {
                return json().path("code").asString("");
            } catch (JacksonException notJson) {
                return "";
            }
        }

        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected " + expected + " but got " + status + ": " + text());
            }
            return this;
        }
    }

    Answer get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(URI.create(base + pathAndQuery)));
    }

    Answer postJson(String path, Object body) {
        return post(path, Map.of("Content-Type", "application/json"), Stack.JSON.writeValueAsBytes(body));
    }

    Answer post(String path, Map<String, String> headers, byte[] body) {
        var request =
                HttpRequest.newBuilder(URI.create(base + path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request);
    }

    /** Any method; a body makes it JSON. */
    Answer ask(String method, String path, Map<String, String> headers, @Nullable Object body) {
        var content = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(Stack.JSON.writeValueAsBytes(body));
        var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, content);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return send(request);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = client.send(
                    request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), Bytes.wrap(response.body()), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
