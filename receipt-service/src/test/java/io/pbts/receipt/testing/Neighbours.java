package io.pbts.receipt.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import io.pbts.receipt.facts.Torrent;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.test.context.DynamicPropertyRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The internal HTTP of reputation-, announce- and contract-service, over a real socket, as docs/architecture.md has it. Each
 * owner can be away.
 */
public final class Neighbours implements AutoCloseable {
    /** One of the services that own facts. */
    public enum Owner {
        REPUTATION,
        ANNOUNCE,
        CONTRACT
    }

    public static final long CHAIN_ID = 31337;
    /** Left a minute less than a receipt's window ago, and a window ago. */
    public static final String EARLIER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    public static final String LONG_AGO = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

    private static final long WEEK = 7 * 24 * 3600;

    public static final String SETTLEMENT = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    /** More than 64 bits hold. */
    public static final BigInteger CATALOGUE = BigInteger.ONE.shiftLeft(70);

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<Registered> peers = new CopyOnWriteArrayList<>();
    private final List<TestTorrent> torrents = new CopyOnWriteArrayList<>();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final Set<Owner> away = ConcurrentHashMap.newKeySet();
    private final Map<AccountKey, Long> revoked = new ConcurrentHashMap<>();
    private final Map<Passkey, PasskeyHashKey> hashKeys = new ConcurrentHashMap<>();
    private final Map<Long, Long> settled = new ConcurrentHashMap<>();
    private final Set<String> audiences = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public Neighbours() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        route("/internal/v1/instance", Owner.REPUTATION, _ -> Map.of("instance_id", World.INSTANCE.hex()));
        route("/internal/v1/policy", Owner.REPUTATION, _ -> policy());
        route("/internal/v1/accounts/resolve", Owner.REPUTATION, this::resolve);
        route("/internal/v1/torrents/enabled", Owner.ANNOUNCE, this::enabled);
        route("/internal/v1/torrents/", Owner.ANNOUNCE, this::torrent);
        route(
                "/internal/v1/swarms",
                Owner.ANNOUNCE,
                _ -> Map.of("total_torrents", 1, "total_peers", 2, "max_peers", 50));
        route("/internal/v1/catalogue", Owner.ANNOUNCE, _ -> Map.of("torrents", 2, "bytes", CATALOGUE.toString()));
        route("/internal/v1/chain", Owner.CONTRACT, _ -> chain());
        route("/internal/v1/batches/settled", Owner.CONTRACT, this::settled);
        server.start();
    }

    public void register(DynamicPropertyRegistry registry) {
        settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    /** Where a receipt service finds its neighbours. */
    public Map<String, String> settings() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of("pbts.reputation-url", url, "pbts.announce-url", url, "pbts.contract-url", url);
    }

    public <R extends Registered> R add(R peer) {
        peers.add(peer);
        return peer;
    }

    public TestTorrent add(TestTorrent torrent) {
        torrents.add(torrent);
        return torrent;
    }

    public void disable(TestTorrent torrent) {
        disabled.add(torrent.torrent().id().hex());
    }

    /** The account takes the peer's key back at this time, in seconds since 1970. */
    public void revoke(Registered peer, long seconds) {
        revoked.put(peer.key(), seconds);
    }

    /** From now on reputation-service knows this peer's passkey under an older hash key only. */
    public void rememberUnder(PasskeyHashKey older, Peer peer) {
        hashKeys.put(peer.passkey(), older);
    }

    public void goAway(Owner owner) {
        away.add(owner);
    }

    public void comeBack() {
        away.clear();
    }

    /** contract-service settles a batch alone in an epoch, whose root is the batch's own beside zeros. */
    public void settle(long batch, long seq) {
        settled.put(batch, seq);
    }

    private Object settled(Question question) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (JsonNode batch : question.body().path("batch_seqs")) {
            Long seq = settled.get(batch.asLong());
            if (seq != null) {
                found.add(Map.of(
                        "batch_seq",
                        batch.asLong(),
                        "contract",
                        "0x" + "ab".repeat(20),
                        "seq",
                        seq,
                        "root",
                        "ee".repeat(32),
                        "sums_root",
                        "00".repeat(32),
                        "index",
                        0,
                        "size",
                        1,
                        "path",
                        List.of()));
            }
        }
        return Map.of("batches", found);
    }

    /** What the tokens said that came with questions. */
    public Set<String> audiences() {
        return Set.copyOf(audiences);
    }

    /** How often a path was asked for. */
    public long asked(String path) {
        return asked.stream().filter(path::equals).count();
    }

    private interface Answer {
        Object to(Question question) throws IOException;
    }

    private record Question(String path, JsonNode body) {}

    private void route(String path, Owner owner, Answer answer) {
        server.createContext(path, exchange -> {
            audiences.add(audience(exchange, owner));
            asked.add(exchange.getRequestURI().getPath());
            if (away.contains(owner)) {
                send(exchange, 503, Map.of("code", "unavailable"));
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            Object found = answer.to(new Question(
                    exchange.getRequestURI().getPath(),
                    body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body)));
            send(exchange, found.equals(Optional.empty()) ? 404 : 200, found);
        });
    }

    /** Who was asked and whom the service's token is for. */
    private static String audience(HttpExchange exchange, Owner owner) {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst(TestToken.HEADER));
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return owner + " without a token";
        }
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        return "%s asked by %s for %s"
                .formatted(
                        owner, claims.path("iss").asString(), claims.path("aud").asString());
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, Object> policy() {
        return Map.of(
                "min_ratio",
                "0.5",
                "overdraft_bytes",
                World.OVERDRAFT,
                "initial_credit_bytes",
                World.GIB,
                "initial_credit_policy",
                "always",
                "total_users",
                3);
    }

    private static Map<String, Object> chain() {
        return Map.of(
                "chain_id", CHAIN_ID,
                "settlement_address", SETTLEMENT,
                "factory_address", SETTLEMENT,
                "earlier", List.of(left(EARLIER, WEEK - 60), left(LONG_AGO, WEEK)),
                "connected", true);
    }

    private static Map<String, Object> left(String contract, long secondsAgo) {
        return Map.of(
                "settlement_address", contract, "left_at", World.CLOCK.instant().getEpochSecond() - secondsAgo);
    }

    private Object resolve(Question question) {
        List<Object> keys = new ArrayList<>();
        List<Object> passkeys = new ArrayList<>();
        List<Object> names = new ArrayList<>();
        for (Registered peer : peers) {
            String key = name(peer.key());
            String hash = peer.passkey()
                    .hash(hashKeys.getOrDefault(peer.passkey(), World.PASSKEY_KEY))
                    .hex();
            if (names(question, "keys")
                    .anyMatch(name -> key.equals(name.path("value").asString()))) {
                keys.add(knownKey(peer, key));
            }
            if (names(question, "passkey_hashes").anyMatch(name -> hash.equals(name.asString()))) {
                passkeys.add(Map.of("value", hash, "account", account(peer)));
            }
            if (names(question, "user_ids").anyMatch(name -> peer.name().equals(name.asString()))) {
                names.add(Map.of("value", peer.name(), "account", account(peer)));
            }
        }
        return Map.of("keys", keys, "passkey_hashes", passkeys, "user_ids", names);
    }

    private Map<String, Object> knownKey(Registered peer, String key) {
        var known = new HashMap<String, Object>();
        known.put("kind", peer.key().kind().wireName());
        known.put("value", key);
        known.put("proven", peer.proven());
        known.put("account", account(peer));
        Long revokedAt = revoked.get(peer.key());
        if (revokedAt != null) {
            known.put("revoked_at", revokedAt);
        }
        return known;
    }

    private static String name(AccountKey key) {
        return switch (key) {
            case AccountKey.Bls bls -> bls.bytes().toUnprefixedHexString();
            case AccountKey.Wallet wallet -> wallet.address().checksummed();
        };
    }

    private static Stream<JsonNode> names(Question question, String list) {
        return question.body().path(list).values().stream();
    }

    private static Map<String, Object> account(Registered peer) {
        return Map.of(
                "account_id", peer.id(),
                "user_id", peer.name(),
                "chain_account", peer.account().chainAccount().hex());
    }

    private Object enabled(Question question) {
        return Map.of(
                "enabled",
                names(question, "torrent_ids")
                        .map(JsonNode::asString)
                        .filter(id -> !disabled.contains(id))
                        .toList());
    }

    private Object torrent(Question question) {
        String infoHash = question.path().substring("/internal/v1/torrents/".length());
        return torrents.stream()
                .filter(torrent -> Stream.of(
                                torrent.torrent().v1(), torrent.torrent().v2())
                        .flatMap(Optional::stream)
                        .anyMatch(hashed -> hashed.infoHash().hex().equals(infoHash)))
                .findFirst()
                .<Object>map(this::facts)
                .orElse(Optional.empty());
    }

    private Map<String, Object> facts(TestTorrent known) {
        Torrent torrent = known.torrent();
        Hashed any = torrent.v1().or(torrent::v2).orElseThrow();
        Map<String, Object> facts = new HashMap<>();
        facts.put("torrent_id", torrent.id().hex());
        facts.put("info_hash_v1", torrent.v1().map(v1 -> v1.infoHash().hex()).orElse(null));
        facts.put("info_hash_v2", torrent.v2().map(v2 -> v2.infoHash().hex()).orElse(null));
        facts.put("name", known.name());
        facts.put("piece_length", any.pieces().pieceLength());
        facts.put("total_length", any.pieces().totalLength());
        facts.put(
                "v1",
                torrent.v1()
                        .map(v1 -> Map.of("piece_count", v1.pieces().count(), "hashes", base64(v1)))
                        .orElse(null));
        facts.put(
                "v2",
                torrent.v2()
                        .map(v2 -> Map.of("file_lengths", v2.pieces().fileLengths(), "hashes", base64(v2)))
                        .orElse(null));
        facts.put("enabled", !disabled.contains(torrent.id().hex()));
        return facts;
    }

    private static String base64(Hashed hashed) {
        return Base64.getEncoder().encodeToString(hashed.pieces().hashes().toArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
