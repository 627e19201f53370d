package io.pbts.announce.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploading torrents and asking about them, in profile production, over HTTP and a real Postgres. */
class TorrentApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Passkey PASSKEY = TrackerFixture.newPasskey();
    private static TrackerFixture tracker;
    private static int owned;

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("production");
        tracker.reputation().set(5, "uploader", false, "0.10", 99, PASSKEY);
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    private static HttpResponse<String> upload(byte[] file) throws Exception {
        return tracker.upload(file, "X-PBTS-Passkey", PASSKEY.value());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(response).get("code").asString()).isEqualTo(code);
        assertThat(json(response).get("detail").asString()).contains(detail);
    }

    @Test
    void registersATorrentAndGivesTheUploadersAnnounceUrl() throws Exception {
        byte[] file = Torrents.ofName("first", 3);
        Metainfo metainfo = Metainfo.parse(file);
        HttpResponse<String> response = upload(file);

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode body = json(response);
        assertThat(body.get("info_hash").asString())
                .isEqualTo(metainfo.v1().orElseThrow().infoHash().hex());
        assertThat(body.has("info_hash_v2")).isFalse();
        assertThat(body.get("torrent_id").asString()).isEqualTo(metainfo.id().hex());
        assertThat(body.get("name").asString()).isEqualTo("first");
        assertThat(body.get("piece_length").asLong()).isEqualTo(Torrents.PIECE);
        assertThat(body.get("total_length").asLong()).isEqualTo(3L * Torrents.PIECE);
        assertThat(body.get("piece_count").asInt()).isEqualTo(3);
        assertThat(body.get("announce_url").asString())
                .isEqualTo("http://tracker.test:8000/" + PASSKEY.value() + "/announce");
    }

    @Test
    void answersTheSameUploadAgainWith200AndTheSameBody() throws Exception {
        byte[] file = Torrents.ofName("again", 1);
        HttpResponse<String> first = upload(file);
        HttpResponse<String> second = upload(file);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void registersOnceWhatManyUploadAtTheSameTime() throws Exception {
        byte[] file = Torrents.ofName("race", 1);
        List<Callable<HttpResponse<String>>> uploads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            uploads.add(() -> upload(file));
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (Future<HttpResponse<String>> upload : threads.invokeAll(uploads)) {
                statuses.add(upload.get().statusCode());
            }
        }
        assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(count("select count(*) from announce.torrent where name = 'race'"))
                .isEqualTo(1);
    }

    private static int count(String sql) throws Exception {
        try (Connection connection = tracker.database().superuser();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-bittorrent",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "application/json",
                "text/plain;charset=utf-8",
                "image/png"
            })
    void takesAnyContentType(String type) throws Exception {
        byte[] file = Torrents.ofName(type.replace('/', ' '), 1);
        HttpResponse<String> response = tracker.upload(file, "X-PBTS-Passkey", PASSKEY.value(), "Content-Type", type);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    @Test
    void wantsAPasskeyThatBelongsToSomebody() throws Exception {
        byte[] file = Torrents.ofName("nobody", 1);
        assertProblem(tracker.upload(file), 401, "credentials-missing", "passkey");
        assertProblem(tracker.upload(file, "X-PBTS-Passkey", ""), 401, "credentials-missing", "passkey");
        for (String wrong : new String[] {"short", TrackerFixture.newPasskey().value()}) {
            assertProblem(tracker.upload(file, "X-PBTS-Passkey", wrong), 401, "unknown-passkey", "no account");
        }
    }

    @Test
    void takesATorrentFromWhoeverSignedInAndPutsItUnderTheirAccount() throws Exception {
        TestToken gateway = TestKeys.token("gateway", "announce");
        for (TestToken token : List.of(gateway.asAccount(71, "session"), gateway.asApiKey(72, "key", "torrents"))) {
            JsonNode answer = json(tracker.upload(token, Torrents.ofName("owned " + ++owned, 1)));
            assertThat(answer.has("info_hash")).as(answer.toString()).isTrue();
            assertThat(answer.has("announce_url"))
                    .as("the passkey is not known here")
                    .isFalse();
        }
        assertThat(count("select count(*) from announce.torrent where name = 'owned 1' and owner_account_id = 71"))
                .isEqualTo(1);
        assertThat(count("select count(*) from announce.torrent where name = 'owned 2' and owner_account_id = 72"))
                .isEqualTo(1);
        assertProblem(
                tracker.upload(gateway.asApiKey(73, "reporter", "report"), Torrents.ofName("no scope", 1)),
                403,
                "not-allowed",
                "torrents");
        assertProblem(tracker.upload(gateway.asAdmin(), Torrents.ofName("x", 1)), 403, "not-allowed", "");
        assertProblem(
                tracker.upload(TestKeys.token("receipt", "announce"), Torrents.ofName("x", 1)), 403, "not-allowed", "");
    }

    @Test
    void answers503WhenNobodyCanTellWhosePasskeyItIs() throws Exception {
        tracker.reputation().away(true);
        try {
            HttpResponse<String> response = tracker.upload(
                    Torrents.ofName("away", 1),
                    "X-PBTS-Passkey",
                    TrackerFixture.newPasskey().value());
            assertProblem(response, 503, "unavailable", "reputation-service");
            assertThat(response.headers().firstValue("retry-after")).isPresent();
        } finally {
            tracker.reputation().away(false);
        }
    }

    @Test
    void saysHowToMakeATorrentPrivate() throws Exception {
        assertProblem(upload(Torrents.publicOne("public")), 422, "not-private", "mktorrent -p");
    }

    @Test
    void refusesWhatIsNoTorrentWithTheReason() throws Exception {
        assertProblem(upload(new byte[0]), 400, "invalid-torrent", "ends early");
        assertProblem(upload("{\"name\":1}".getBytes(StandardCharsets.US_ASCII)), 400, "invalid-torrent", "bencode");
        assertProblem(upload("de".getBytes(StandardCharsets.US_ASCII)), 400, "invalid-torrent", "info: missing");
        Map<String, BencodeValue> info = Torrents.info("short", 2, true);
        info.put("pieces", new BString(Bytes.repeat((byte) 1, 20)));
        assertProblem(upload(Torrents.file(info)), 400, "invalid-torrent", "info.pieces");
        info = Torrents.info("evil", 1, true);
        info.put("name", BString.of("../evil"));
        assertProblem(upload(Torrents.file(info)), 400, "invalid-torrent", "path");
        info = Torrents.info("nul", 1, true);
        info.put("source", BString.of("a\0b"));
        assertProblem(upload(Torrents.file(info)), 400, "invalid-torrent", "NUL");
        info = Torrents.info("n".repeat(256), 1, true);
        assertProblem(upload(Torrents.file(info)), 400, "invalid-torrent", "255 characters");
        assertThat(upload(Torrents.ofName("ü.".repeat(127), 1)).statusCode()).isEqualTo(201);
    }

    @Test
    void takesTenMebibytesAndNamesTheLimitAboveIt() throws Exception {
        assertProblem(upload(new byte[10 << 20]), 400, "invalid-torrent", "");
        assertProblem(upload(new byte[(10 << 20) + 1]), 413, "body-too-large", "10485760 bytes");
    }

    @Test
    void keepsNobodysPasskeyInTheStoredFile() throws Exception {
        upload(Torrents.ofName("secret", 1));
        assertThat(count("select count(*) from announce.torrent where metainfo like '%secretsecret%'"))
                .isZero();
        assertThat(count("select count(*) from announce.torrent where name = 'secret' and owner_account_id = 5"))
                .isEqualTo(1);
    }

    @Test
    void tellsATorrentAndItsSwarm() throws Exception {
        byte[] file = Torrents.ofName("facts", 2);
        upload(file);
        Metainfo metainfo = Metainfo.parse(file);
        Bytes hash = metainfo.v1().orElseThrow().infoHash().bytes();
        tracker.getFor(
                "198.51.100.1",
                Announce.of(hash, 1).by(PASSKEY).seeding().event("completed").target());

        String path = "/api/v1/torrents/" + hash.toUnprefixedHexString();
        JsonNode facts = json(tracker.read(path, "X-PBTS-Passkey", PASSKEY.value()));
        assertThat(facts.get("name").asString()).isEqualTo("facts");
        assertThat(facts.get("torrent_id").asString()).isEqualTo(metainfo.id().hex());
        assertThat(facts.get("complete").asInt()).isEqualTo(1);
        assertThat(facts.get("incomplete").asInt()).isZero();
        assertThat(facts.get("downloaded").asInt()).isEqualTo(1);
        assertThat(facts.get("is_private").asBoolean()).isTrue();
        assertProblem(tracker.read(path), 401, "credentials-missing", "passkey");
        assertProblem(
                tracker.read("/api/v1/torrents/" + "0".repeat(40), "X-PBTS-Passkey", PASSKEY.value()),
                404,
                "unknown-torrent",
                "");
        assertProblem(
                tracker.read("/api/v1/torrents/xyz", "X-PBTS-Passkey", PASSKEY.value()),
                400,
                "invalid-info-hash",
                "40");
    }

    @Test
    void tellsOtherServicesEveryPieceOfATorrent() throws Exception {
        byte[] file = Torrents.ofName("pieces", 4);
        Metainfo metainfo = Metainfo.parse(file);
        upload(file);
        JsonNode v1 = json(tracker.read("/internal/v1/torrents/"
                + metainfo.v1().orElseThrow().infoHash().hex()));
        assertThat(v1.get("torrent_id").asString()).isEqualTo(metainfo.id().hex());
        assertThat(v1.get("info_hash_v2").isNull()).isTrue();
        assertThat(v1.get("v2").isNull()).isTrue();
        assertThat(v1.get("enabled").asBoolean()).isTrue();
        assertThat(v1.get("piece_length").asLong()).isEqualTo(Torrents.PIECE);
        assertThat(v1.get("v1").get("piece_count").asInt()).isEqualTo(4);
        assertThat(Base64.getDecoder().decode(v1.get("v1").get("hashes").asString()))
                .isEqualTo(Bytes.repeat((byte) 7, 80).toArray());
        assertThat(tracker.read("/internal/v1/torrents/" + "1".repeat(64)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void registersAV2TorrentUnderItsWholeAndItsCutHash() throws Exception {
        Bytes root = Bytes.repeat((byte) 5, 32);
        byte[] file = Torrents.file(Torrents.infoV2("v2", false, true));
        Metainfo metainfo = Metainfo.parse(file);
        Bytes hash = metainfo.v2().orElseThrow().infoHash().bytes();
        JsonNode body = json(upload(file));

        assertThat(body.get("info_hash").asString()).isEqualTo(hash.toUnprefixedHexString());
        assertThat(body.get("info_hash_v2").asString()).isEqualTo(hash.toUnprefixedHexString());
        for (Bytes name : new Bytes[] {hash, hash.slice(0, 20)}) {
            JsonNode facts = json(tracker.read("/internal/v1/torrents/" + name.toUnprefixedHexString()));
            assertThat(facts.get("v2").get("file_lengths").get(0).asLong()).isEqualTo(100);
            assertThat(facts.get("v2").get("hashes").asString()).isEqualTo(root.toBase64String());
            assertThat(facts.get("v1").isNull()).isTrue();
            String answer = tracker.get(
                            Announce.of(name, 1).by(PASSKEY).seeding().target())
                    .body()
                    .text();
            assertThat(answer).contains("8:complete");
        }
    }

    @Test
    void tellsWhichTorrentsAreEnabledAndStopsServingDisabledOnes() throws Exception {
        byte[] file = Torrents.ofName("moderated", 1);
        Metainfo metainfo = Metainfo.parse(file);
        Bytes hash = metainfo.v1().orElseThrow().infoHash().bytes();
        upload(file);
        String question =
                "{\"torrent_ids\":[\"%s\",\"%s\"]}".formatted(metainfo.id().hex(), "0".repeat(64));
        String path = "/internal/v1/torrents/enabled";
        assertThat(tracker.postJson(path, question).body())
                .isEqualTo("{\"enabled\":[\"" + metainfo.id().hex() + "\"]}");
        assertProblem(tracker.postJson(path, "{\"torrent_ids\":[\"xy\"]}"), 400, "invalid-torrent-id", "");

        reject("moderated");
        assertThat(tracker.postJson(path, question).body()).isEqualTo("{\"enabled\":[]}");
        String target = Announce.of(hash, 1).by(PASSKEY).seeding().target();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> tracker.get(target).body().failure().orElse("").startsWith("Unregistered torrent: "));
        assertProblem(upload(file), 409, "torrent-rejected", "a test");
    }

    @Test
    void servesWhatAnotherReplicaRegistered() throws Exception {
        byte[] file = Torrents.ofName("replica", 1);
        Bytes hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
        String target = Announce.of(hash, 1).by(PASSKEY).seeding().target();
        try (var other = new TrackerFixture("production", tracker.database())) {
            other.reputation().set(5, "uploader", true, "1.00", 0, PASSKEY);
            assertThat(other.get(target).body().failure()).contains("Unregistered torrent");
            upload(file);
            assertThat(tracker.get(target).body().failure()).isEmpty();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> other.get(target).body().failure().isEmpty());
        }
        try (var restarted = new TrackerFixture("production", tracker.database())) {
            restarted.reputation().set(5, "uploader", true, "1.00", 0, PASSKEY);
            assertThat(restarted.get(target).body().failure()).isEmpty();
        }
    }

    @Test
    void countsRegisteredTorrentsAndPeersForOtherServices() throws Exception {
        int before =
                json(tracker.read("/internal/v1/swarms")).get("total_torrents").asInt();
        assertThat(upload(Torrents.ofName("counted", 1)).statusCode()).isEqualTo(201);
        JsonNode numbers = json(tracker.read("/internal/v1/swarms"));
        assertThat(numbers.get("total_torrents").asInt()).isEqualTo(before + 1);
        assertThat(numbers.get("max_peers").asInt()).isEqualTo(50);
        assertThat(numbers.get("total_peers").asInt()).isNotNegative();
    }

    @Test
    void tellsHowMuchThereIsToReceiveInWholePiecesAndOfEnabledTorrentsOnly() throws Exception {
        JsonNode before = json(tracker.read("/internal/v1/catalogue"));
        assertThat(upload(Torrents.ofName("catalogued", 3)).statusCode()).isEqualTo(201);
        var padded = Torrents.info("half a piece", 2, true);
        padded.put("length", new BInteger(Torrents.PIECE + 1L));
        assertThat(upload(Torrents.file(padded)).statusCode()).isEqualTo(201);
        JsonNode more = json(tracker.read("/internal/v1/catalogue"));
        assertThat(more.get("torrents").asLong() - before.get("torrents").asLong())
                .isEqualTo(2);
        assertThat(bytes(more) - bytes(before)).isEqualTo(5L * Torrents.PIECE);

        reject("catalogued");
        assertThat(bytes(json(tracker.read("/internal/v1/catalogue"))) - bytes(before))
                .isEqualTo(2L * Torrents.PIECE);
    }

    /** As another replica would. */
    private static void reject(String name) throws Exception {
        try (Connection connection = tracker.database().connect("announce_app");
                Statement statement = connection.createStatement()) {
            statement.execute("update torrent set moderation = 'rejected', reason = 'a test', state = 'disabled'"
                    + " where name = '" + name + "'");
        }
    }

    private static long bytes(JsonNode catalogue) {
        return Long.parseLong(catalogue.get("bytes").asString());
    }

    @Test
    void describesItself() throws Exception {
        JsonNode description = json(tracker.read("/v3/api-docs"));
        assertThat(description.get("openapi").asString()).startsWith("3.1");
        assertThat(description.get("paths").propertyNames())
                .contains(
                        "/api/v1/torrents",
                        "/api/v1/torrents/{info_hash}",
                        "/internal/v1/torrents/{info_hash}",
                        "/internal/v1/torrents/enabled",
                        "/internal/v1/swarms",
                        "/internal/v1/catalogue");
        ApiDocument.requireCommitted("announce-service", description);
        assertThat(tracker.read("/actuator/health").statusCode()).isEqualTo(200);
    }
}
