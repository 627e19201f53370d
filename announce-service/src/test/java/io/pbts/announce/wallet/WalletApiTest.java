package io.pbts.announce.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.FakeWallets;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The AI-agent variant's API of the tracker in profile production. */
class WalletApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Passkey GOOD = TrackerFixture.newPasskey();
    private static final Passkey OTHERS = TrackerFixture.newPasskey();
    private static final TestToken MEMBER =
            TestKeys.token("gateway", "announce").asAccount(1, "good");
    private static TrackerFixture tracker;
    private static int serial;

    private final String alice = address(1_000_000 + ++serial);
    private final String bob = address(2_000_000 + serial);
    private final String carol = address(3_000_000 + serial);
    private String hash = "";

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture(
                "production", "--pbts.wallet.bindings-per-account=2", "--pbts.wallet.swarms-per-account=2");
        tracker.reputation().set(1, "good", true, "1.00", 0, GOOD);
        tracker.reputation().set(3, "others", true, "1.00", 0, OTHERS);
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    @BeforeEach
    void registerTorrent() throws Exception {
        hash = register();
        wallets().set(alice, 100 + serial, true, "2.00", 0, 2048, 1024);
        wallets().set(bob, 200_000 + serial, true, null, 0, 1L << 30, 0);
        wallets().set(carol, 400_000 + serial, false, "0.25", 268_435_457, 268_435_456, 1L << 30);
    }

    private static String register() throws Exception {
        byte[] file = Torrents.ofName("wallets " + ++serial, 1);
        assertThat(tracker.upload(file, "X-PBTS-Passkey", GOOD.value()).statusCode())
                .isEqualTo(201);
        return Metainfo.parse(file).v1().orElseThrow().infoHash().hex();
    }

    private static FakeWallets wallets() {
        return tracker.reputation().wallets();
    }

    private static String address(int number) {
        return new EthereumAddress(Bytes.concatenate(Bytes.repeat((byte) 0x11, 16), Bytes.ofUnsignedInt(number)))
                .checksummed();
    }

    private static String peerId() {
        return Bytes.wrap("-PB0100-%012d".formatted(++serial).getBytes(StandardCharsets.US_ASCII))
                .toUnprefixedHexString();
    }

    private static HttpResponse<String> post(String path, Map<String, Object> body) throws Exception {
        TestToken stranger = TestKeys.token("gateway", "announce").asAnonymous("198.51.100.7");
        return tracker.ask(stranger, "POST", path, JSON.writeValueAsString(body));
    }

    private Map<String, Object> announcement(String address, String event) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("userAddress", address);
        body.put("infohash", hash);
        body.put("event", event);
        body.put("message", wallets().challenge(address, "announce", event + " " + hash));
        body.put("signature", FakeWallets.signature(address));
        return body;
    }

    private JsonNode announce(String address, String event, int status) throws Exception {
        HttpResponse<String> response = post("/announce", announcement(address, event));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static Map<String, Object> binding(String address, String peerId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("userAddress", address);
        body.put("peerId", peerId);
        body.put("message", wallets().challenge(address, "bind-peer", peerId));
        body.put("signature", FakeWallets.signature(address));
        return body;
    }

    private static JsonNode bind(String address, String peerId, int status) throws Exception {
        HttpResponse<String> response = post("/bind-peer", binding(address, peerId));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> resolve(String peerId) throws Exception {
        return tracker.read("/resolve-peer?peerId=" + peerId);
    }

    private static void refused(HttpResponse<String> response, int status, String code, String error) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.propertyNames()).containsExactly("error", "code");
        assertThat(body.path("error").asString()).contains(error);
        assertThat(body.path("code").asString()).isEqualTo(code);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = tracker.database().superuser()) {
            superuser.createStatement().executeUpdate(statement);
        }
    }

    @Test
    void aWalletThatSignedLearnsOfTheOthersInTheSwarm() throws Exception {
        String client = peerId();
        bind(alice, client, 200);
        JsonNode first = announce(alice, "started", 200);
        assertThat(first.propertyNames())
                .containsExactly(
                        "status",
                        "peers",
                        "peerCount",
                        "ratio",
                        "uploadBytes",
                        "downloadBytes",
                        "trackerPort",
                        "message");
        assertThat(first.path("status").asString()).isEqualTo("allowed");
        assertThat(first.path("peers").size()).isZero();
        assertThat(first.path("ratio").asDouble()).isEqualTo(2);
        assertThat(first.path("uploadBytes").asString()).isEqualTo("2048");
        assertThat(first.path("downloadBytes").asString()).isEqualTo("1024");
        assertThat(first.path("message").asString()).isEqualTo("Access granted. Happy seeding!");

        JsonNode second = announce(bob, "started", 200);
        assertThat(second.path("peerCount").asInt()).isEqualTo(1);
        assertThat(second.path("peers").toString())
                .isEqualTo("[{\"address\":\"%s\",\"peerId\":\"%s\"}]".formatted(alice, client));
        assertThat(second.path("ratio").isNull()).isTrue();
        assertThat(announce(alice, "completed", 200).path("peers").toString())
                .isEqualTo("[{\"address\":\"%s\",\"peerId\":null}]".formatted(bob));

        assertThat(announce(bob, "stopped", 200).path("peers").size()).isZero();
        assertThat(announce(alice, "started", 200).path("peers").size()).isZero();
    }

    @Test
    void aWalletThatDoesNotComeBackLeavesByItself() throws Exception {
        announce(alice, "started", 200);
        sql("update announce.wallet_member set seen_at = seen_at - interval '1 hour'");

        assertThat(announce(bob, "started", 200).path("peers").size()).isZero();
    }

    @Test
    void aWalletIsInABoundedNumberOfSwarms() throws Exception {
        String first = hash;
        announce(alice, "started", 200);
        hash = register();
        announce(alice, "started", 200);
        hash = register();
        announce(alice, "started", 200);
        assertThat(announce(bob, "started", 200).path("peerCount").asInt()).isEqualTo(1);

        hash = first;
        assertThat(announce(bob, "started", 200).path("peerCount").asInt()).isZero();
    }

    @Test
    void aWalletThatOwesIsBlockedAndInNoSwarm() throws Exception {
        JsonNode blocked = announce(carol, "started", 403);

        assertThat(blocked.propertyNames())
                .containsExactly("status", "peers", "ratio", "uploadGB", "downloadGB", "message", "error", "bytesOwed");
        assertThat(blocked.path("status").asString()).isEqualTo("blocked");
        assertThat(blocked.path("peers").size()).isZero();
        assertThat(blocked.path("ratio").toString()).isEqualTo("0.25");
        assertThat(blocked.path("uploadGB").asDouble()).isEqualTo(0.25);
        assertThat(blocked.path("downloadGB").asDouble()).isEqualTo(1);
        assertThat(blocked.path("message").asString())
                .isEqualTo("Insufficient ratio. You need to upload 257 MB more to regain access.");
        assertThat(blocked.path("error").asString())
                .isEqualTo("Insufficient ratio: 0.25 < 0.50; seed 268435457 more bytes");
        assertThat(announce(bob, "started", 200).path("peers").size()).isZero();
    }

    @Test
    void aBlockedWalletThatHasEverythingIsFoundSoThatItCanEarn() throws Exception {
        assertThat(announce(carol, "completed", 403).path("peers").size()).isZero();

        assertThat(announce(bob, "started", 200)
                        .path("peers")
                        .path(0)
                        .path("address")
                        .asString())
                .isEqualTo(carol);
    }

    @Test
    void aMessageCountsOnceForWhatItWasMadeFor() throws Exception {
        Map<String, Object> body = announcement(alice, "started");
        assertThat(post("/announce", body).statusCode()).isEqualTo(200);
        refused(post("/announce", body), 401, "challenge-unknown", "No such challenge");

        Map<String, Object> turned = announcement(alice, "started");
        turned.put("event", "stopped");
        refused(post("/announce", turned), 401, "wrong-purpose", "another");

        Map<String, Object> stolen = announcement(alice, "started");
        stolen.put("userAddress", bob);
        stolen.put("signature", FakeWallets.signature(bob));
        refused(post("/announce", stolen), 401, "invalid-signature", "Invalid signature");

        Map<String, Object> forged = announcement(alice, "started");
        forged.put("signature", FakeWallets.signature(bob));
        refused(post("/announce", forged), 401, "invalid-signature", "Invalid signature");
    }

    @Test
    void whoIsNotRegisteredIs404() throws Exception {
        String stranger = address(9_000_000 + ++serial);

        refused(post("/announce", announcement(stranger, "started")), 404, "unknown-user", "User is not registered");
        refused(post("/bind-peer", binding(stranger, peerId())), 404, "unknown-user", "User is not registered");
    }

    @Test
    void aTorrentThatNobodyRegisteredIs404AndUsesNoChallengeUp() throws Exception {
        String served = hash;
        Map<String, Object> body = announcement(alice, "started");
        body.put("infohash", "ab".repeat(20));
        refused(post("/announce", body), 404, "unknown-torrent", "Unregistered torrent");

        body.put("infohash", served);
        assertThat(post("/announce", body).statusCode()).isEqualTo(200);
    }

    @Test
    void whatReputationServiceSaysOfUsIsNoAnswerToTheClient() throws Exception {
        Map<String, Object> body = announcement(alice, "started");
        body.put("message", "service token");

        HttpResponse<String> response = post("/announce", body);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "userAddress, , missing-field",
        "userAddress, alice, invalid-address",
        "userAddress, 0x12, invalid-address",
        "infohash, 12, invalid-field",
        "infohash, zz, invalid-field",
        "event, paused, invalid-event",
        "event, , missing-field",
        "message, , missing-field",
        "signature, , missing-field"
    })
    void aMalformedAnnounceIs400(String field, String value, String code) throws Exception {
        Map<String, Object> body = announcement(alice, "started");
        body.put(field, value);

        refused(post("/announce", body), 400, code, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\u0000", "\\u00e4", "long"})
    void whatIsNoTextIsRefusedBeforeAnybodyIsAsked(String written) throws Exception {
        String text = written.equals("long") ? "a".repeat(5000) : written;
        String body = """
                {"userAddress":"%s","infohash":"%s","event":"started","message":"%s","signature":"%s"}""";
        TestToken visitor = TestKeys.visitor("announce");
        refused(
                tracker.ask(visitor, "POST", "/announce", body.formatted(alice, hash, text, "0x00")),
                400,
                "message-malformed",
                "message has at most 4096 characters");
        refused(
                tracker.ask(visitor, "POST", "/announce", body.formatted(alice, hash, "text", text)),
                401,
                "invalid-signature",
                "Invalid signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "7", "{", "{\"userAddress\":{}}", "{\"userAddress\":[1]}", "\"x\""})
    void aBodyThatIsNoneIs400(String body) throws Exception {
        for (String path : new String[] {"/announce", "/bind-peer"}) {
            HttpResponse<String> response = tracker.ask(TestKeys.visitor("announce"), "POST", path, body);
            assertThat(response.statusCode()).as(path + body + response.body()).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).propertyNames()).containsExactly("error", "code");
        }
    }

    @Test
    void aPeerIdIsBoundToTheWalletThatSignedAndResolved() throws Exception {
        String client = peerId();
        refused(resolve(client), 404, "unknown-peer", "No Ethereum address bound to this peer_id");

        JsonNode bound = bind(alice, client, 200);
        assertThat(bound.propertyNames()).containsExactly("success", "peerId", "userAddress", "expiresAt");
        assertThat(bound.path("peerId").asString()).isEqualTo(client);
        assertThat(bound.path("userAddress").asString()).isEqualTo(alice);
        assertThat(resolve(client).body()).isEqualTo("{\"ethAddress\":\"%s\"}".formatted(alice));

        assertThat(bind(bob, client, 409).path("code").asString()).isEqualTo("peer-id-bound");
        bind(alice, client, 200);
        refused(resolve("12"), 400, "invalid-field", "peerId must be 40 hexadecimal digits");
        refused(tracker.read("/resolve-peer"), 400, "invalid-field", "peerId");

        sql(
                "update announce.peer_binding set bound_at = bound_at - interval '2 days', expires_at = now() - interval '1 s'");
        refused(resolve(client), 404, "unknown-peer", "");
        bind(bob, client, 200);
        assertThat(resolve(client).body()).contains(bob);
    }

    @Test
    void anAccountHasABoundedNumberOfBindings() throws Exception {
        bind(alice, peerId(), 200);
        bind(alice, peerId(), 200);

        HttpResponse<String> response = post("/bind-peer", binding(alice, peerId()));
        refused(response, 429, "too-many-bindings", "2 peer ids are bound");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "zz", "0x2d5042303130302d303132333435363738396162"})
    void aPeerIdThatIsNoneIs400(String peerId) throws Exception {
        Map<String, Object> body = binding(alice, peerId);
        assertThat(post("/bind-peer", body).statusCode()).isEqualTo(400);
    }

    private Optional<String> btAnnounce(Passkey passkey, String peerId) {
        String escaped = Announce.escaped(Bytes.fromHexString(peerId));
        var announce = Announce.of(Bytes.fromHexString(hash), 7000).by(passkey).with("peer_id", escaped);
        return tracker.getFor("198.51.100.9", announce.target()).body().failure();
    }

    /** The account with the number 1 is the one whose passkey is GOOD. */
    private String boundToGood() throws Exception {
        String client = peerId();
        String wallet = address(5_000_000 + ++serial);
        wallets().set(wallet, 1, true, null, 0, 1, 0);
        sql("delete from announce.peer_binding where account_id = 1");
        bind(wallet, client, 200);
        return client;
    }

    @Test
    void anotherAccountsAnnounceEndsABindingThatIsYoung() throws Exception {
        String client = boundToGood();

        assertThat(btAnnounce(GOOD, client)).isEmpty();
        assertThat(resolve(client).statusCode()).isEqualTo(200);
        assertThat(btAnnounce(OTHERS, client))
                .as("the id may have been theirs all along")
                .isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(resolve(client).statusCode()).isEqualTo(404));
    }

    @Test
    void aFirmBindingKeepsOthersFromAnnouncingThePeerId() throws Exception {
        String client = boundToGood();
        sql("update announce.peer_binding set bound_at = bound_at - interval '2 hours' where account_id = 1");

        SwarmKey key = SwarmKey.ofBytes(Bytes.fromHexString(client).toArray());
        await().atMost(Duration.ofSeconds(10)).until(() -> isFirm(key));
        assertThat(btAnnounce(OTHERS, client).orElse("")).contains("bound to another account");
        assertThat(btAnnounce(GOOD, client)).isEmpty();
        assertThat(resolve(client).statusCode()).isEqualTo(200);
    }

    private static boolean isFirm(SwarmKey key) {
        var binding = tracker.bean(BoundPeers.class).find(key);
        return binding != null && binding.firmAt() < Clock.systemUTC().millis();
    }

    @Test
    void membersSeeTorrentsAndTheWalletsInThem() throws Exception {
        announce(alice, "started", 200);
        register();

        JsonNode page =
                JSON.readTree(tracker.readAs(MEMBER, "/torrents?limit=2").body());
        assertThat(page.path("torrents").size()).isEqualTo(2);
        assertThat(page.path("more").asBoolean()).isTrue();
        JsonNode torrent = page.path("torrents").path(1);
        assertThat(torrent.propertyNames())
                .containsExactly("infohash", "peerCount", "peers", "listed", "name", "description");
        assertThat(torrent.path("infohash").asString()).isEqualTo(hash);
        assertThat(torrent.path("peerCount").asInt()).isEqualTo(1);
        assertThat(torrent.path("peers").toString()).isEqualTo("[\"%s\"]".formatted(alice));
        assertThat(torrent.path("listed").asBoolean(true)).isFalse();
        JsonNode next = JSON.readTree(tracker.readAs(
                        MEMBER, "/torrents?limit=1&after=" + page.path("cursor").asString())
                .body());
        assertThat(next.path("torrents").path(0).path("infohash").asString()).isNotEqualTo(hash);
    }

    @Test
    void strangersDoNotSeeTheTorrents() throws Exception {
        assertThat(tracker.read("/torrents").statusCode()).isEqualTo(401);
        assertThat(tracker.read("/torrents", "X-PBTS-Passkey", GOOD.value()).statusCode())
                .isEqualTo(200);
        assertThat(tracker.read("/torrents", "X-PBTS-Passkey", "a".repeat(32)).statusCode())
                .isEqualTo(401);
        assertThat(tracker.readAs(MEMBER, "/torrents?after=x").statusCode()).isEqualTo(400);
        assertThat(tracker.readAs(MEMBER, "/torrents?limit=0").statusCode()).isEqualTo(400);
    }
}
