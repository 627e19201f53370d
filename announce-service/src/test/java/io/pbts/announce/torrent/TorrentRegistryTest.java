package io.pbts.announce.torrent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The registry of a private community, over HTTP and a real Postgres, and what its states mean at the announce door. */
class TorrentRegistryTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Passkey PASSKEY = TrackerFixture.newPasskey();
    private static final Passkey OTHERS = TrackerFixture.newPasskey();
    private static final TestToken VISITOR = TestKeys.visitor("announce");
    private static final TestToken GATEWAY = TestKeys.token("gateway", "announce");
    private static TrackerFixture tracker;

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("production");
        know(tracker);
    }

    private static void know(TrackerFixture fixture) {
        fixture.reputation().set(5, "uploader", true, "1.00", 0, PASSKEY);
        fixture.reputation().set(6, "other", true, "1.00", 0, OTHERS);
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        return json(response);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("code").asString()).isEqualTo(code);
    }

    private static HttpResponse<String> upload(byte[] file) throws Exception {
        return tracker.upload(file, "X-PBTS-Passkey", PASSKEY.value());
    }

    private static HttpResponse<String> as(Passkey passkey, String method, String path, String body) throws Exception {
        return tracker.ask(VISITOR, method, path, body, "X-PBTS-Passkey", passkey.value());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return tracker.read(path, "X-PBTS-Passkey", PASSKEY.value());
    }

    private static HttpResponse<String> moderate(String hash, String state, String reason) throws Exception {
        String body = "{\"state\":\"%s\",\"reason\":\"%s\"}".formatted(state, reason);
        return tracker.ask(GATEWAY.asAdmin(), "PUT", "/admin/v1/torrents/" + hash + "/state", body);
    }

    private static String registered(String name) throws Exception {
        return ok(upload(Torrents.ofName(name, 1))).get("info_hash").asString();
    }

    private static Bencoded announce(TrackerFixture node, Announce announce) {
        return node.getFor("198.51.100.7", announce.target()).body();
    }

    private static Announce seeder(String hash) {
        return Announce.of(Bytes.fromHexString(hash), 1001).by(PASSKEY).seeding();
    }

    private static long downloaded(TrackerFixture node, String hash) {
        Bytes bytes = Bytes.fromHexString(hash);
        String target = "/%s/scrape?info_hash=%s".formatted(PASSKEY.value(), Announce.escaped(bytes));
        BDictionary files =
                node.get(target).body().dictionary().dictionary("files").orElseThrow();
        return ((BDictionary) files.get(bytes).orElseThrow())
                .integer("downloaded")
                .orElseThrow();
    }

    private static Map<String, BencodeValue> infoOf(String kind, String name) {
        return switch (kind) {
            case "v1" -> Torrents.info(name, 3, false);
            case "v2" -> Torrents.infoV2(name, false, false);
            case "hybrid" -> Torrents.infoV2(name, true, false);
            default -> throw new AssertionError(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "hybrid"})
    void offersACorrectedFileThatIsTakenWithTheSamePiecesUnderAnotherHash(String kind) throws Exception {
        byte[] wrong = Torrents.file(infoOf(kind, "corrected " + kind));
        HttpResponse<String> refused = upload(wrong);
        assertProblem(refused, 422, "not-private");
        byte[] offered = Base64.getDecoder()
                .decode(json(refused).get("corrected_torrent").asString());
        Metainfo before = Metainfo.parse(wrong);
        Metainfo after = Metainfo.parse(offered);
        assertThat(after.isPrivate()).isTrue();
        assertThat(after.source()).contains("PBTS");
        assertThat(after.announce()).isEmpty();
        assertThat(after.files()).isEqualTo(before.files());
        assertThat(after.v1().map(Metainfo.Hashed::pieces))
                .isEqualTo(before.v1().map(Metainfo.Hashed::pieces));
        assertThat(after.v2().map(Metainfo.Hashed::pieces))
                .isEqualTo(before.v2().map(Metainfo.Hashed::pieces));
        assertThat(after.id()).isNotEqualTo(before.id());

        JsonNode taken = ok(upload(offered));
        assertThat(taken.get("info_hash").asString())
                .isEqualTo(json(refused).get("corrected_info_hash").asString());
        assertThat(json(refused).get("corrected_at").asString()).isEqualTo("/api/v1/torrents/corrected");
    }

    @Test
    void demandsItsOwnSourceAndCorrectsAFileOfAnySizeByARoute() throws Exception {
        Map<String, BencodeValue> info = Torrents.info("foreign", 5000, true);
        info.put("source", BString.of("OTHER"));
        byte[] foreign = Torrents.file(info);
        HttpResponse<String> refused = upload(foreign);
        assertProblem(refused, 422, "wrong-source");
        assertThat(json(refused).get("source").asString()).isEqualTo("PBTS");
        assertThat(json(refused).has("corrected_torrent")).as("100 kB").isFalse();
        info.remove("source");
        assertProblem(upload(Torrents.file(info)), 422, "wrong-source");

        HttpResponse<String> corrected = tracker.ask(
                VISITOR,
                "POST",
                "/api/v1/torrents/corrected",
                new String(foreign, java.nio.charset.StandardCharsets.US_ASCII),
                "X-PBTS-Passkey",
                PASSKEY.value());
        assertThat(corrected.headers().firstValue("content-type")).contains("application/x-bittorrent");
        assertThat(ok(upload(corrected.body().getBytes(UTF_8))).get("info_hash").asString())
                .isEqualTo(json(refused).get("corrected_info_hash").asString());
        assertProblem(tracker.ask(VISITOR, "POST", "/api/v1/torrents/corrected", "x"), 401, "credentials-missing");
    }

    @Test
    void keepsWhatItsUploaderSaysAndLetsNobodyElseChangeIt() throws Exception {
        var request = "/api/v1/torrents?description=%s&tags=%s&licence=CC-BY-4.0"
                .formatted(URLEncoder.encode("Über 1 + 1", UTF_8), URLEncoder.encode("Data Set,ＡＩ,data_set", UTF_8));
        String hash = json(tracker.ask(
                        VISITOR,
                        "POST",
                        request,
                        new String(Torrents.ofName("described", 2), java.nio.charset.StandardCharsets.ISO_8859_1),
                        "X-PBTS-Passkey",
                        PASSKEY.value()))
                .get("info_hash")
                .asString();
        JsonNode facts = ok(get("/api/v1/torrents/" + hash));
        assertThat(facts.get("description").asString()).isEqualTo("Über 1 + 1");
        assertThat(facts.get("tags").toString()).isEqualTo("[\"ai\",\"data-set\"]");
        assertThat(facts.get("licence").asString()).isEqualTo("CC-BY-4.0");
        assertThat(facts.get("uploader").asString()).isEqualTo("uploader");
        assertThat(facts.get("file_count").asInt()).isEqualTo(1);
        assertThat(facts.get("state").asString()).isEqualTo("approved");

        String path = "/api/v1/torrents/" + hash;
        JsonNode changed = ok(as(PASSKEY, "PATCH", path, "{\"licence\":\"\",\"tags\":[\"b\",\"A\"]}"));
        assertThat(changed.get("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(changed.has("licence")).isFalse();
        assertThat(changed.get("description").asString()).isEqualTo("Über 1 + 1");
        assertProblem(as(OTHERS, "PATCH", path, "{\"tags\":[]}"), 403, "not-yours");
        assertProblem(as(OTHERS, "DELETE", path, ""), 403, "not-yours");
        assertProblem(as(PASSKEY, "PATCH", path, "{\"tags\":[\"a b\",\"-x\"]}"), 400, "invalid-tags");
        assertProblem(
                as(PASSKEY, "PATCH", path, "{\"description\":\"" + "x".repeat(10_001) + "\"}"),
                400,
                "invalid-description");
        assertProblem(as(PASSKEY, "PATCH", path, "{\"licence\":\"a\\nb\"}"), 400, "invalid-licence");
        JsonNode byOperator = ok(
                tracker.ask(GATEWAY.asAdmin(), "PATCH", "/admin/v1/torrents/" + hash, "{\"description\":\"edited\"}"));
        assertThat(byOperator.get("description").asString()).isEqualTo("edited");
        assertThat(byOperator.get("tags").toString()).isEqualTo("[\"a\",\"b\"]");
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.get("items").forEach(item -> names.add(item.get("name").asString()));
        return names;
    }

    private static List<String> found(String query) throws Exception {
        return names(ok(get("/api/v1/torrents?" + query)));
    }

    @Test
    void findsTorrentsByTheBeginningsOfWordsByTagAndByLicence() throws Exception {
        String linux = registered("Zebra.Linux-6.18_x86_64.iso");
        String atlas = registered("zebra atlas");
        ok(as(
                PASSKEY,
                "PATCH",
                "/api/v1/torrents/" + linux,
                "{\"tags\":[\"iso\",\"os\"],\"licence\":\"GPL-2.0-only\"}"));
        ok(as(
                PASSKEY,
                "PATCH",
                "/api/v1/torrents/" + atlas,
                "{\"tags\":[\"iso\"],\"description\":\"Karten, größer\"}"));

        assertThat(found("q=zebra")).containsExactly("zebra atlas", "Zebra.Linux-6.18_x86_64.iso");
        assertThat(found("q=ZEB%20lin")).containsExactly("Zebra.Linux-6.18_x86_64.iso");
        assertThat(found("q=x86.64")).containsExactly("Zebra.Linux-6.18_x86_64.iso");
        assertThat(found("q=zebra+gr%C3%B6%C3%9F")).containsExactly("zebra atlas");
        assertThat(found("q=zebra+absent")).isEmpty();
        assertThat(found("q=zebra&tag=ISO&tag=os")).containsExactly("Zebra.Linux-6.18_x86_64.iso");
        assertThat(found("q=zebra&licence=gpl-2.0-only")).containsExactly("Zebra.Linux-6.18_x86_64.iso");
        for (String hostile : new String[] {"'", "zebra' | !'x", "a:*b & (", "\\", "%00"}) {
            int status = get("/api/v1/torrents?q="
                            + (hostile.equals("%00") ? hostile : URLEncoder.encode(hostile, UTF_8)))
                    .statusCode();
            assertThat(status).as(hostile).isIn(200, 400);
        }
        assertProblem(tracker.read("/api/v1/torrents"), 401, "credentials-missing");
        assertProblem(get("/api/v1/torrents?state=nonsense"), 400, "invalid-parameter");
        assertProblem(get("/api/v1/torrents?q=...."), 400, "invalid-query");
    }

    @Test
    void listsInPagesThatDoNotMoveWhenSomethingIsRegistered() throws Exception {
        for (int i = 0; i < 5; i++) {
            registered("paged " + i);
        }
        JsonNode first = ok(get("/api/v1/torrents?q=paged&limit=2"));
        assertThat(names(first)).containsExactly("paged 4", "paged 3");
        assertThat(first.get("more").asBoolean()).isTrue();
        registered("paged 5");
        JsonNode second = ok(get(
                "/api/v1/torrents?q=paged&limit=2&after=" + first.get("cursor").asString()));
        assertThat(names(second)).containsExactly("paged 2", "paged 1");
        JsonNode last = ok(get(
                "/api/v1/torrents?q=paged&limit=2&after=" + second.get("cursor").asString()));
        assertThat(names(last)).containsExactly("paged 0");
        assertThat(last.get("more").asBoolean()).isFalse();
        assertProblem(get("/api/v1/torrents?after=x"), 400, "invalid-cursor");
    }

    private static List<String> tiers(byte[] file) {
        List<String> urls = new ArrayList<>();
        for (BencodeValue tier :
                new Bencoded(file).dictionary().list("announce-list").orElseThrow()) {
            urls.add(((BString) ((BList) tier).values().getFirst()).text().orElseThrow());
        }
        return urls;
    }

    @Test
    void handsOutATorrentWithTheCallersOwnUrlsAndTheSameInfoHash() throws Exception {
        byte[] uploaded = Torrents.file(Torrents.infoV2("personal öl", true, true));
        String hash = ok(upload(uploaded)).get("info_hash").asString();
        String own = OTHERS.value();
        HttpResponse<byte[]> answer =
                tracker.download(VISITOR, "/api/v1/torrents/" + hash + "/file?websocket=true", "X-PBTS-Passkey", own);
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-bittorrent");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("content-disposition").orElse(""))
                .contains("filename*=UTF-8''personal%20%C3%B6l.torrent");
        Metainfo personal = Metainfo.parse(answer.body());
        assertThat(personal.id()).isEqualTo(Metainfo.parse(uploaded).id());
        assertThat(personal.announce()).contains("http://tracker.test:8000/" + own + "/announce");
        assertThat(tiers(answer.body()))
                .containsExactly(
                        "http://tracker.test:8000/" + own + "/announce",
                        "http://tracker.test:6969/" + own + "/announce",
                        "udp://tracker.test:6969/" + own + "/announce",
                        "ws://tracker.test:6969/" + own + "/announce");

        String link = ok(tracker.read("/api/v1/torrents/" + hash + "/magnet", "X-PBTS-Passkey", own))
                .get("magnet")
                .asString();
        assertThat(link).startsWith("magnet:?xt=urn:btih:" + hash + "&xt=urn:btmh:1220");
        assertThat(link).contains("&dn=personal%20%C3%B6l&xl=100&tr=http%3A%2F%2Ftracker.test%3A8000%2F" + own);
        assertThat(Arrays.stream(link.split("&tr=")).skip(1).map(url -> URLDecoder.decode(url, UTF_8)))
                .containsExactlyElementsOf(tiers(answer.body()).subList(0, 3));
    }

    @Test
    void neverKnowsThePasskeyOfWhoSignedInAndSaysSo() throws Exception {
        String path = "/api/v1/torrents/" + registered("by session");
        TestToken session = GATEWAY.asAccount(5, "uploader");
        HttpResponse<byte[]> refused = tracker.download(session, path + "/file");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(new String(refused.body(), UTF_8)).contains("passkey-needed").contains("X-PBTS-Passkey");
        HttpResponse<byte[]> answer = tracker.download(session, path + "/file?placeholder=true");
        String placeholder = answer.headers().firstValue("x-pbts-placeholder").orElseThrow();
        assertThat(placeholder).hasSize(PASSKEY.value().length());
        assertThat(Passkey.parse(placeholder)).isEmpty();
        String filled = new String(answer.body(), java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace(placeholder, PASSKEY.value());
        assertThat(tiers(filled.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .contains("udp://tracker.test:6969/" + PASSKEY.value() + "/announce");
        assertThat(ok(tracker.ask(session, "GET", path + "/magnet?placeholder=true", ""))
                        .get("placeholder")
                        .asString())
                .isEqualTo(placeholder);
    }

    @Test
    void tellsClientsAtOnceWhyATorrentIsNotServed() throws Exception {
        String hash = registered("at the door");
        assertThat(announce(tracker, seeder(hash)).failure()).isEmpty();
        JsonNode rejected = ok(moderate(hash, "rejected", "wrong category"));
        assertThat(rejected.get("state").asString()).isEqualTo("rejected");
        assertThat(rejected.get("enabled").asBoolean()).isFalse();
        assertThat(announce(tracker, seeder(hash)).failure())
                .contains("Unregistered torrent: rejected, wrong category");
        assertThat(announce(tracker, seeder(hash).event("stopped")).failure())
                .as("who leaves is not kept")
                .isEmpty();
        assertThat(ok(tracker.read("/internal/v1/torrents/" + hash))
                        .get("enabled")
                        .asBoolean())
                .isFalse();
        assertProblem(get("/api/v1/torrents/" + hash + "/file"), 409, "torrent-not-approved");
        assertProblem(upload(Torrents.ofName("at the door", 1)), 409, "torrent-rejected");
        assertProblem(as(PASSKEY, "DELETE", "/api/v1/torrents/" + hash, ""), 409, "torrent-rejected");
        assertThat(found("q=door")).isEmpty();
        assertThat(found("q=door&state=rejected")).containsExactly("at the door");
        assertThat(names(ok(as(OTHERS, "GET", "/api/v1/torrents?q=door&state=rejected", ""))))
                .isEmpty();

        ok(moderate(hash, "approved", ""));
        assertThat(announce(tracker, seeder(hash)).failure()).isEmpty();
        assertThat(ok(get("/api/v1/torrents/" + hash)).has("reason")).isFalse();
        assertProblem(moderate(hash, "rejected", ""), 400, "invalid-reason");
        assertProblem(moderate(hash, "rejected", "caf\\u00e9"), 400, "invalid-reason");
        assertProblem(moderate(hash, "withdrawn", ""), 400, "invalid-state");
        assertProblem(moderate("0".repeat(40), "approved", ""), 404, "unknown-torrent");
        assertProblem(
                tracker.ask(GATEWAY.asAccount(5, "x"), "PUT", "/admin/v1/torrents/" + hash + "/state", "{}"),
                403,
                "not-allowed");
    }

    @Test
    void letsItsUploaderWithdrawATorrentAndAnybodyRegisterItAnew() throws Exception {
        String hash = registered("withdrawn one");
        assertThat(ok(as(PASSKEY, "DELETE", "/api/v1/torrents/" + hash, ""))
                        .get("state")
                        .asString())
                .isEqualTo("withdrawn");
        assertThat(announce(tracker, seeder(hash)).failure())
                .contains("Unregistered torrent: withdrawn by its uploader");
        assertProblem(moderate(hash, "approved", ""), 409, "torrent-withdrawn");
        HttpResponse<String> again =
                tracker.upload(Torrents.ofName("withdrawn one", 1), "X-PBTS-Passkey", OTHERS.value());
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(announce(tracker, seeder(hash)).failure()).isEmpty();
        assertThat(ok(get("/api/v1/torrents/" + hash)).get("uploader").asString())
                .isEqualTo("other");
    }

    @Test
    void letsUploadsWaitAndCountsDownloadsForGoodOnEveryNode() throws Exception {
        String hash;
        try (var node = new TrackerFixture("production", tracker.database(), "--pbts.torrent.new-uploads=pending")) {
            know(node);
            JsonNode waiting = ok(node.upload(Torrents.ofName("waiting", 1), "X-PBTS-Passkey", PASSKEY.value()));
            hash = waiting.get("info_hash").asString();
            assertThat(waiting.get("state").asString()).isEqualTo("pending");
            Bencoded refused = announce(node, seeder(hash));
            assertThat(refused.failure()).contains("Unregistered torrent: waiting for approval");
            assertThat(refused.integer("interval"))
                    .as("the uploader starts soon after")
                    .isEqualTo(60);
            JsonNode queue = ok(tracker.ask(GATEWAY.asAdmin(), "GET", "/admin/v1/torrents", ""));
            assertThat(names(queue)).containsExactly("waiting");

            ok(moderate(hash, "approved", ""));
            assertThat(announce(tracker, seeder(hash).event("completed")).failure())
                    .isEmpty();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> announce(node, seeder(hash)).failure().isEmpty());
            Announce finished =
                    Announce.of(Bytes.fromHexString(hash), 1002).by(OTHERS).seeding();
            announce(node, finished.event("completed"));
            announce(node, finished.event("completed"));
            await().atMost(Duration.ofSeconds(20)).until(() -> downloaded(node, hash) == 2);
            await().atMost(Duration.ofSeconds(20)).until(() -> downloaded(tracker, hash) == 2);
            announce(
                    node,
                    Announce.of(Bytes.fromHexString(hash), 1003)
                            .by(PASSKEY)
                            .seeding()
                            .event("completed"));
        }
        assertThat(stored(hash)).as("flushed at shutdown").isEqualTo(3);
        try (var restarted = new TrackerFixture("production", tracker.database())) {
            know(restarted);
            assertThat(downloaded(restarted, hash)).isEqualTo(3);
            JsonNode facts = ok(restarted.read("/api/v1/torrents/" + hash, "X-PBTS-Passkey", PASSKEY.value()));
            assertThat(facts.get("downloaded").asInt()).isEqualTo(3);
            assertThat(facts.get("complete").asInt()).isZero();
            assertThat(facts.get("seeder_seen_at").asLong()).isPositive();
        }
    }

    private static int stored(String hash) throws Exception {
        try (Connection connection = tracker.database().superuser();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select completed from announce.swarm_tally where info_hash = '\\x" + hash + "'")) {
            result.next();
            return result.getInt(1);
        }
    }
}
