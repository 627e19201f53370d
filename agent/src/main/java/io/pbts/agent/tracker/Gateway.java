package io.pbts.agent.tracker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP with a tracker's gateway: requests with a time limit, answers with a bound, refusals with their reason. */
final class Gateway implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 16 << 20;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;

    /** @param tracker {@code http} or {@code https}; a path before that of each route is kept */
    Gateway(URI tracker) {
        if (tracker.getHost() == null || !List.of("http", "https").contains(tracker.getScheme())) {
            throw new IllegalArgumentException("a tracker is an http or https URL, not " + tracker);
        }
        this.base = tracker.toString().replaceAll("/+$", "");
    }

    /** The tracker, without a slash at the end. */
    URI url() {
        return URI.create(base);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    /** A POST of JSON. */
    HttpRequest.Builder post(String path, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    JsonNode get(String path) throws IOException, InterruptedException, Refused {
        return ask(request(path).GET().build());
    }

    JsonNode ask(HttpRequest request) throws IOException, InterruptedException, Refused {
        return parse(answer(request)).orElseThrow(() -> new IOException("the tracker's answer is not JSON"));
    }

    byte[] answer(HttpRequest request) throws IOException, InterruptedException, Refused {
        HttpResponse<byte[]> response =
                http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
        if (response.statusCode() / 100 != 2) {
            Optional<JsonNode> body = parse(response.body());
            String code = body.flatMap(said -> text(said, "code")).orElse("");
            throw new Refused(response.statusCode(), code, reason(response.statusCode(), body));
        }
        return response.body();
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Problem details (RFC 9457), or the originals' {@code error}. */
    private static String reason(int status, Optional<JsonNode> body) {
        return body.flatMap(said ->
                        text(said, "detail").or(() -> text(said, "error")).or(() -> text(said, "title")))
                .orElse("HTTP " + status);
    }

    private static Optional<String> text(JsonNode said, String field) {
        return Optional.of(said.path(field).asString("")).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        http.close();
    }
}
