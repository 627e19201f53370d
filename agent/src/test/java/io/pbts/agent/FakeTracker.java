package io.pbts.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the gateway does, with the documented JSON, and remembers what it was told. */
final class FakeTracker implements AutoCloseable {
    private static final InstanceId INSTANCE = InstanceId.fromHex("af".repeat(32));
    static final String DOMAIN = "07".repeat(32);

    /** Of a contract that it has left. */
    static final String EARLIER = "06".repeat(32);

    private final HttpServer server;
    final FakeSignIn signIn;
    private final Map<String, Set<Integer>> swarms = new ConcurrentHashMap<>();
    final List<String> uploaded = new CopyOnWriteArrayList<>();
    final List<String> queries = new CopyOnWriteArrayList<>();
    volatile String newUploads = "approved";
    final List<StatedReceipt> reported = new CopyOnWriteArrayList<>();

    /** The query with which each of them came. */
    final List<String> reportedFor = new CopyOnWriteArrayList<>();

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private volatile int reportStatus = 200;
    private volatile String receiptCode = "credited";
    private volatile String refusal = "";
    private volatile boolean forgetful;
    private volatile boolean wantsSource;
    private volatile boolean handsOut;

    FakeTracker() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        signIn = new FakeSignIn(INSTANCE, url());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    boolean announced() {
        return !swarms.isEmpty();
    }

    /** Answers reports by this status from now on. */
    void answerReports(int status) {
        reportStatus = status;
    }

    /** Answers each receipt by this code from now on. */
    void answerReceipts(String code) {
        receiptCode = code;
    }

    /** Answers announces by this failure reason from now on. */
    void refuseAnnounces(String reason) {
        refusal = reason;
    }

    /** Knows no passkey any more. */
    void forgetPasskeys() {
        forgetful = true;
    }

    /** Registers torrents with the source {@code HERE} only, from now on. */
    void wantSource() {
        wantsSource = true;
    }

    /** Hands out registered torrents, from now on. */
    void handOut() {
        handsOut = true;
    }

    private String listed() {
        return uploaded.stream()
                .map("{\"info_hash\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "{\"items\":[", "],\"more\":false}"));
    }

    private void upload(HttpExchange exchange, byte[] body) throws IOException, MetainfoException {
        Metainfo torrent = Metainfo.parse(body);
        if (wantsSource && !torrent.source().equals(Optional.of("HERE"))) {
            send(exchange, 422, "{\"code\":\"wrong-source\",\"detail\":\"source must be HERE\"}");
            return;
        }
        String hash = torrent.v1().orElseThrow().infoHash().hex();
        files.put("/api/v1/torrents/" + hash + "/file", body);
        uploaded.add(hash);
        queries.add(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        send(exchange, 201, "{\"info_hash\":\"%s\",\"state\":\"%s\"}".formatted(hash, newUploads));
    }

    /** With the source, and nothing else changed. */
    private static byte[] corrected(byte[] torrent) {
        try {
            BDictionary file = (BDictionary) BencodeDecoder.decode(torrent, BencodeLimits.METAINFO);
            Map<String, BencodeValue> info = new HashMap<>();
            file.dictionary("info")
                    .orElseThrow()
                    .entries()
                    .forEach(entry -> info.put(new String(entry.key().toArrayUnsafe(), UTF_8), entry.value()));
            info.put("source", BString.of("HERE"));
            return BencodeWriter.encodeToArray(Map.of("info", BDictionary.of(info)));
        } catch (BencodeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.endsWith("/announce")) {
                send(exchange, 200, announce(exchange.getRequestURI()));
            } else {
                json(exchange, path, body);
            }
        } catch (RuntimeException | MetainfoException e) {
            send(exchange, 500, e.toString().getBytes(UTF_8));
        }
    }

    private void json(HttpExchange exchange, String path, byte[] body) throws IOException, MetainfoException {
        if (forgetful && path.startsWith("/api/v1/torrents")) {
            send(exchange, 401, "{\"code\":\"unknown-passkey\",\"detail\":\"The passkey belongs to no account\"}");
            return;
        }
        switch (path) {
            case "/api/v1/instance" -> send(exchange, 200, """
                        {"instance_id":"%s","domain":"%s","earlier_domains":[{"domain":"%s"}],
                        "limits":{"max_receipts_per_report":10}}""".formatted(INSTANCE.hex(), DOMAIN, EARLIER));
            case "/register" -> register(exchange, JsonMapper.shared().readTree(body));
            case "/api/v1/challenges" ->
                send(exchange, signIn.challenge(JsonMapper.shared().readTree(body)));
            case "/api/v1/sessions" ->
                send(exchange, signIn.open(JsonMapper.shared().readTree(body)));
            case "/api/v1/sessions/refresh" ->
                send(exchange, signIn.refresh(JsonMapper.shared().readTree(body)));
            case "/api/v1/account" -> send(exchange, signIn.account(authorization(exchange)));
            case "/api/v1/account/passkey" -> send(exchange, signIn.newPasskey(authorization(exchange)));
            case "/user/alice", "/user/0x70997970C51812dc3A010C7d01b50e0d17dc79C8" -> send(exchange, 200, """
                        {"user_id":"alice","total_uploaded":10,"total_downloaded":40,"ratio":0.25,"credit_bytes":0,
                        "bytes_owed":10,"allowed":false}""");
            case "/api/v1/torrents" -> {
                if (exchange.getRequestMethod().equals("GET")) {
                    send(exchange, 200, listed());
                } else {
                    upload(exchange, body);
                }
            }
            case "/api/v1/torrents/corrected" -> send(exchange, 200, corrected(body));
            case "/api/v1/reports" -> report(exchange, Bytes.wrap(body));
            default -> {
                if (path.startsWith("/user/")) {
                    send(exchange, 200, "{\"ratio\":0.25}");
                    return;
                }
                if (path.endsWith("/magnet")) {
                    send(exchange, 200, "{\"magnet\":\"magnet:?tr=%s/secretpasskey/announce\"}".formatted(url()));
                    return;
                }
                byte[] file = handsOut ? files.get(path) : null;
                if (file == null) {
                    send(exchange, 404, "{\"error\":\"Not found\"}");
                } else {
                    send(exchange, 200, file);
                }
            }
        }
    }

    private static String authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
    }

    private void register(HttpExchange exchange, JsonNode form) throws IOException {
        if (form.has("userAddress")) {
            send(exchange, signIn.registerWallet(form));
            return;
        }
        UserId user = new UserId(form.path("user_id").asString());
        BlsPublicKey key = BlsPublicKey.of(decoded(form, "public_key"));
        boolean signed = Bls.verify(
                key,
                new RegistrationMessage(INSTANCE, user).signedBytes(),
                BlsSignature.of(decoded(form, "signature")));
        boolean proven = Bls.verifyPossession(key, BlsSignature.of(decoded(form, "proof_of_possession")));
        if (!signed || !proven) {
            send(exchange, 401, "{\"success\":false,\"error\":\"Invalid signature\"}");
        } else if (user.value().equals("taken")) {
            send(exchange, 409, "{\"success\":false,\"error\":\"User already exists\"}");
        } else {
            send(exchange, 200, """
                    {"success":true,"user_id":"%s","passkey":"secretpasskey","announce_url":"%s/secretpasskey/announce"}""".formatted(user.value(), url()));
        }
    }

    private static Bytes decoded(JsonNode form, String field) {
        return Bytes.wrap(Base64.getDecoder().decode(form.path(field).asString()));
    }

    private void report(HttpExchange exchange, Bytes body) throws IOException {
        if (reportStatus != 200) {
            send(exchange, reportStatus, "{\"detail\":\"not now\"}");
            return;
        }
        StatedReport report = BinaryReport.decode(body, 10);
        reported.addAll(report.receipts());
        report.receipts().forEach(_ -> reportedFor.add(exchange.getRequestURI().getQuery()));
        String results = String.join(
                ",",
                report.receipts().stream()
                        .map(_ -> "{\"code\":\"%s\"}".formatted(receiptCode))
                        .toList());
        send(exchange, 200, "{\"credited\":1,\"results\":[" + results + "]}");
    }

    private byte[] announce(URI asked) {
        String hash = "";
        int port = 0;
        for (String parameter : asked.getRawQuery().split("&", -1)) {
            if (parameter.startsWith("info_hash=")) {
                hash = URLDecoder.decode(parameter.substring(10), ISO_8859_1);
            } else if (parameter.startsWith("port=")) {
                port = Integer.parseInt(parameter.substring(5));
            }
        }
        if (!refusal.isEmpty()) {
            return BencodeWriter.encodeToArray(
                    Map.of("failure reason", BString.of(refusal), "interval", new BInteger(1)));
        }
        if (port == 0) {
            return "d14:failure reason12:Invalid porte".getBytes(UTF_8);
        }
        Set<Integer> swarm = swarms.computeIfAbsent(hash, _ -> ConcurrentHashMap.newKeySet());
        ByteArrayOutputStream peers = new ByteArrayOutputStream();
        for (int other : new LinkedHashSet<>(swarm)) {
            if (other != port) {
                peers.writeBytes(new byte[] {127, 0, 0, 1});
                peers.writeBytes(ByteBuffer.allocate(2).putShort((short) other).array());
            }
        }
        if (asked.getRawQuery().contains("event=stopped")) {
            swarm.remove(port);
        } else {
            swarm.add(port);
        }
        return BencodeWriter.encodeToArray(
                Map.of("interval", new BInteger(60), "peers", new BString(Bytes.wrap(peers.toByteArray()))));
    }

    private static void send(HttpExchange exchange, FakeSignIn.Answer answer) throws IOException {
        send(exchange, answer.status(), answer.body());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, body.getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
