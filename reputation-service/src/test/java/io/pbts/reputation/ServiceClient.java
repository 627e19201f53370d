package io.pbts.reputation;

import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks HTTP and JSON to a service on this machine.
 *
 * @param token what to show; null: as the sibling that asks an internal route, and elsewhere as an anonymous visitor
 */
public record ServiceClient(int port, @Nullable TestToken token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    public ServiceClient(int port) {
        this(port, null);
    }

    /** What came back; the body is missing when there is none. */
    public record Reply(int status, HttpHeaders headers, JsonNode body) {
        public String text(String field) {
            return body.path(field).asString();
        }
    }

    public ServiceClient as(TestToken other) {
        return new ServiceClient(port, other);
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply post(String path, String body) {
        return post(path, body, "application/json");
    }

    public Reply post(String path, String body, String contentType) {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply delete(String path) {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return (token == null ? usualToken(path) : token).on(request);
    }

    private static TestToken usualToken(String path) {
        if (path.startsWith("/internal/v1/standings")
                || path.startsWith("/internal/v1/wallets")
                || path.equals("/internal/v1/announced")
                || path.equals("/internal/v1/instance")) {
            return TestKeys.token("announce", "reputation");
        }
        if (path.startsWith("/internal/v1/accounts") || path.equals("/internal/v1/policy")) {
            return TestKeys.token("receipt", "reputation");
        }
        if (path.startsWith("/internal/v1/enrolments")) {
            return TestKeys.token("contract", "reputation");
        }
        return path.startsWith("/internal/") || path.startsWith("/v3/")
                ? TestKeys.token("gateway", "reputation")
                : TestKeys.visitor("reputation");
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
