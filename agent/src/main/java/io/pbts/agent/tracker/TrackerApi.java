package io.pbts.agent.tracker;

import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a tracker's gateway. {@link IOException} means that nobody answered, {@link Refused} that the answer was no. */
public final class TrackerApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 16 << 20;
    private static final int NOT_FOUND = 404;
    private static final String PASSKEY = "X-PBTS-Passkey";

    /** What is wrong with a torrent that the tracker can put right. */
    private static final Set<String> CORRECTABLE = Set.of("wrong-source", "not-private");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;

    /** @param tracker {@code http} or {@code https}; a path before that of each route is kept */
    public TrackerApi(URI tracker) {
        if (tracker.getHost() == null || !List.of("http", "https").contains(tracker.getScheme())) {
            throw new IllegalArgumentException("a tracker is an http or https URL, not " + tracker);
        }
        this.base = tracker.toString().replaceAll("/+$", "");
    }

    /**
     * What the tracker says of itself.
     *
     * @param maxReceipts that one report may have
     */
    public record Instance(InstanceId id, ReceiptDomain domain, int maxReceipts) {}

    public Instance instance() throws IOException, InterruptedException, Refused {
        JsonNode said = get("/api/v1/instance");
        try {
            return new Instance(
                    InstanceId.fromHex(said.path("instance_id").asString("")),
                    ReceiptDomain.fromHex(said.path("domain").asString("")),
                    Math.max(
                            1,
                            said.path("limits").path("max_receipts_per_report").asInt(1)));
        } catch (IllegalArgumentException e) {
            throw new IOException("the tracker does not say who it is", e);
        }
    }

    /** Opens an account under this name for the key, whose possession is proven. */
    public Account register(UserId user, BlsSecretKey key) throws IOException, InterruptedException, Refused {
        InstanceId instance = instance().id();
        ObjectNode body = JSON.createObjectNode();
        body.put("user_id", user.value());
        body.put("public_key", key.publicKey().bytes().toBase64String());
        body.put(
                "signature",
                Bls.sign(key, new RegistrationMessage(instance, user).signedBytes())
                        .bytes()
                        .toBase64String());
        body.put("proof_of_possession", Bls.provePossession(key).bytes().toBase64String());
        JsonNode said = ask(request("/register")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
        try {
            return new Account(
                    URI.create(base),
                    user.value(),
                    instance,
                    said.path("passkey").asString(""),
                    URI.create(said.path("announce_url").asString("")));
        } catch (IllegalArgumentException e) {
            throw new IOException("the tracker's answer is no account", e);
        }
    }

    /** Totals and ratio of an account, as {@code GET /user} has them. */
    public JsonNode standing(String userId) throws IOException, InterruptedException, Refused {
        return get("/user/" + userId);
    }

    /**
     * Registers a torrent; nothing changes when it was registered before.
     *
     * @return the torrent that is registered: where the community wants a mark of its own in it, the same files with that mark,
     *     under another info hash
     */
    public byte[] upload(byte[] torrent, Account account) throws IOException, InterruptedException, Refused {
        try {
            var _ = ask(torrentTo("/api/v1/torrents", torrent, account));
            return torrent;
        } catch (Refused no) {
            if (!CORRECTABLE.contains(no.code())) {
                throw no;
            }
        }
        byte[] corrected = answer(torrentTo("/api/v1/torrents/corrected", torrent, account));
        var _ = ask(torrentTo("/api/v1/torrents", corrected, account));
        return corrected;
    }

    /** The registered torrent with this info hash, 40 hexadecimal digits; empty when there is none. */
    public Optional<byte[]> torrent(String infoHash, Account account)
            throws IOException, InterruptedException, Refused {
        HttpRequest request = request("/api/v1/torrents/" + infoHash + "/file")
                .header(PASSKEY, account.passkey())
                .GET()
                .build();
        try {
            return Optional.of(answer(request));
        } catch (Refused no) {
            if (no.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw no;
        }
    }

    private HttpRequest torrentTo(String path, byte[] torrent, Account account) {
        return request(path)
                .header("Content-Type", "application/x-bittorrent")
                .header(PASSKEY, account.passkey())
                .POST(BodyPublishers.ofByteArray(torrent))
                .build();
    }

    /** Hands in receipts. Answers the code of each, in order. */
    public List<String> report(StatedReport report, Account account) throws IOException, InterruptedException, Refused {
        JsonNode said = ask(request("/api/v1/reports")
                .header("Content-Type", BinaryReport.MEDIA_TYPE)
                .header(PASSKEY, account.passkey())
                .POST(BodyPublishers.ofByteArray(BinaryReport.encode(report).toArrayUnsafe()))
                .build());
        List<String> codes = new ArrayList<>();
        said.path("results").forEach(result -> codes.add(result.path("code").asString("")));
        if (codes.size() != report.receipts().size()) {
            throw new IOException("the tracker's answer is not one result per receipt");
        }
        return codes;
    }

    private JsonNode get(String path) throws IOException, InterruptedException, Refused {
        return ask(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    private JsonNode ask(HttpRequest request) throws IOException, InterruptedException, Refused {
        return parse(answer(request)).orElseThrow(() -> new IOException("the tracker's answer is not JSON"));
    }

    private byte[] answer(HttpRequest request) throws IOException, InterruptedException, Refused {
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
