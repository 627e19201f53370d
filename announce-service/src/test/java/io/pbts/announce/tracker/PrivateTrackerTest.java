package io.pbts.announce.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.RawClient.Answer;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Profile production: a passkey, a registered torrent, a ratio. Clients come through the internal listener. */
class PrivateTrackerTest {
    private static final String ADDRESS = "198.51.100.%d";
    private static final String REFUSAL = "Insufficient ratio: 0.25 < 0.50; seed 268435456 more bytes";
    private static final Passkey GOOD = TrackerFixture.newPasskey();
    private static final Passkey OTHERS = TrackerFixture.newPasskey();
    private static final Passkey POOR = TrackerFixture.newPasskey();
    private static final Passkey UNKNOWN = TrackerFixture.newPasskey();
    private static final String REJECTED = "/api/v1/announces/rejected";
    private static final String SIGNALS = "/admin/v1/announce/signals";
    private static TrackerFixture tracker;
    private static int torrents;

    private Bytes hash;

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture(
                "production",
                "--pbts.tracker.private-networks=10.9.0.0/16,fd00:9::/32",
                "--pbts.accounting.flush=500ms",
                "--pbts.peer-lists.allowances=150/7d",
                "--pbts.rules.clients-allowed=-PB,-XL",
                "--pbts.rules.clients-denied=-XL00");
        tracker.reputation().set(1, "good", true, "1.00", 0, GOOD);
        tracker.reputation().set(3, "others", true, "1.00", 0, OTHERS);
        tracker.reputation().set(2, "poor", false, "0.25", 268_435_456, POOR);
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    @BeforeEach
    void registerTorrent() throws Exception {
        byte[] file = Torrents.ofName("torrent " + ++torrents, 1);
        assertThat(tracker.upload(file, "X-PBTS-Passkey", GOOD.value()).statusCode())
                .isEqualTo(201);
        hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
    }

    private static Bencoded from(int host, Announce announce) {
        return from(ADDRESS.formatted(host), announce);
    }

    private static Bencoded from(String address, Announce announce) {
        Answer answer = tracker.getFor(address, announce.target());
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private Announce peer(int port) {
        return Announce.of(hash, port).by(GOOD);
    }

    private static BDictionary scrape(Passkey passkey, Bytes infoHash) {
        String target = "/%s/scrape?info_hash=%s".formatted(passkey.value(), Announce.escaped(infoHash));
        BDictionary answer = tracker.getFor(ADDRESS.formatted(1), target).body().dictionary();
        return (BDictionary)
                answer.dictionary("files").orElseThrow().get(infoHash).orElseThrow();
    }

    /** One cell of the gate's table. */
    record Case(String event, String left, Passkey passkey, String expected) {}

    /** Everything but leaving is gated; of the refused, only who claims to have everything is listed, and sees nobody. */
    static List<Case> cells() {
        List<Case> cells = new ArrayList<>();
        for (String event : new String[] {"", "started", "completed", "stopped", "paused"}) {
            for (String left : new String[] {"0", "1", "9223372036854775807", "-1", null}) {
                boolean leaves = event.equals("stopped");
                boolean seeds = "0".equals(left);
                String good = leaves ? "left" : seeds ? "seeder, leechers shown" : "leecher, everybody shown";
                String poor = leaves ? "left" : seeds ? "seeder, nobody shown" : REFUSAL;
                cells.add(new Case(event, left, GOOD, good));
                cells.add(new Case(event, left, POOR, poor));
                cells.add(new Case(event, left, UNKNOWN, "Unknown passkey"));
                cells.add(new Case(event, left, null, "Passkey missing"));
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void gatesEveryEventButStopped(Case cell) {
        from(1, Announce.of(hash, 1001).by(OTHERS).seeding());
        from(2, Announce.of(hash, 1002).by(OTHERS));
        Announce announce = Announce.of(hash, 1003).event(cell.event());
        Announce asker = cell.left() == null ? announce.without("left") : announce.with("left", cell.left());
        Bencoded body = from(3, cell.passkey() == null ? asker : asker.by(cell.passkey()));

        assertThat(outcome(body)).isEqualTo(cell.expected());
        assertThat(scrape(POOR, hash).integer("complete"))
                .contains(cell.expected().startsWith("seeder") ? 2L : 1L);
        assertThat(scrape(GOOD, hash).integer("incomplete"))
                .contains(cell.expected().startsWith("leecher") ? 2L : 1L);
    }

    private static String outcome(Bencoded body) {
        if (body.failure().isPresent()) {
            assertThat(body.integer("interval")).isPositive();
            return body.failure().get();
        }
        String shown =
                switch (body.ports().size()) {
                    case 0 -> "nobody shown";
                    case 1 -> "leechers shown";
                    default -> "everybody shown";
                };
        if (body.integer("complete") == 2) {
            return "seeder, " + shown;
        }
        return body.integer("incomplete") == 2 ? "leecher, " + shown : "left";
    }

    @Test
    void listsARefusedSeederForOthersAndTellsItWhy() {
        Bencoded seeder = from(1, Announce.of(hash, 1001).by(POOR).seeding());
        assertThat(seeder.dictionary().text("warning message")).contains(REFUSAL);
        assertThat(from(2, peer(1002)).ports()).containsExactly(1001);
    }

    @ParameterizedTest
    @CsvSource({"0.50, true", "0.59, true", "0.60, false", "1.00, false", ", false"})
    void warnsAMemberWhoseRatioNearsTheFloor(String ratio, boolean warned) {
        Passkey near = TrackerFixture.newPasskey();
        tracker.reputation().set(40 + ++torrents, "near" + torrents, true, ratio, 0, near);
        Bencoded body = from(1, Announce.of(hash, 1001).by(near));
        assertThat(body.failure()).isEmpty();
        assertThat(body.dictionary().text("warning message"))
                .isEqualTo(
                        warned
                                ? Optional.of("Your ratio is " + ratio + ", and below 0.50 you get no more peers to"
                                        + " download from: seed before you download more")
                                : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"-XL0012-000000000001, 1001", "-UT3550-000000000001, 1001", "-PB0100-000000000001, 4662"})
    void turnsAwayClientsAndPortsThatAreNotWelcomeButLetsThemLeave(String peerId, int port) {
        Announce announce = peer(port).with("peer_id", peerId);
        Bencoded refused = from(1, announce);
        assertThat(refused.failure().orElseThrow())
                .startsWith(
                        port == 1001 ? "Your BitTorrent client is not allowed" : "Your client's port is not allowed");
        assertThat(refused.integer("interval")).isGreaterThanOrEqualTo(1800);
        assertThat(from(1, announce.event("stopped")).failure()).isEmpty();
        assertThat(scrape(GOOD, hash).integer("incomplete")).contains(0L);
    }

    @Test
    void refusesAFourthPlaceOfAnAccountInASwarmUntilOneIsGivenUp() {
        for (int port = 1001; port <= 1003; port++) {
            assertThat(from(port - 1000, peer(port)).failure()).isEmpty();
        }
        Bencoded refused = from(4, peer(1004).event("started"));
        assertThat(refused.failure().orElseThrow()).startsWith("You are in this swarm with as many clients");
        assertThat(refused.integer("interval")).isPositive();
        for (int again = 0; again < 2; again++) {
            assertThat(from(4, peer(1004).event("stopped")).failure()).isEmpty();
        }
        assertThat(from(1, peer(1001)).failure()).isEmpty();
        from(2, peer(1002).event("stopped"));
        assertThat(from(4, peer(1004)).failure()).isEmpty();
    }

    @Test
    void showsWhoHasHadTooManyListsNobodyButTakesInWhatItSays() {
        Passkey greedy = TrackerFixture.newPasskey();
        tracker.reputation().set(50, "greedy", true, "1.00", 0, greedy);
        Announce harvest = Announce.of(hash, 1005).by(greedy);
        for (int i = 0; i < 5; i++) {
            assertThat(from(5, harvest).ports()).as("nobody is there").isEmpty();
        }
        from(1, peer(1001).seeding());
        for (int i = 0; i < 150; i++) {
            assertThat(from(5, harvest).ports()).containsExactly(1001);
        }
        Bencoded over = from(5, harvest);
        assertThat(over.failure()).isEmpty();
        assertThat(over.ports()).isEmpty();
        assertThat(from(5, harvest.event("started")).ports())
                .as("the first list of a download")
                .containsExactly(1001);
        Bencoded completed = from(5, harvest.seeding().event("completed"));
        assertThat(completed.integer("downloaded")).isEqualTo(1);
        assertThat(completed.integer("complete")).isEqualTo(2);
        from(5, harvest.event("stopped"));
        assertThat(scrape(GOOD, hash).integer("complete")).contains(1L);
    }

    @Test
    void tellsWhatAnAccountsClientsAddOnceWhateverHappensOnTheWay() {
        Passkey counted = TrackerFixture.newPasskey();
        tracker.reputation().set(51, "counted", true, "1.00", 0, counted);
        tracker.reputation().loseTheNextAnswer();
        for (String address : List.of("198.51.100.1", "2001:db8::1")) {
            for (int said = 0; said <= 3; said++) {
                Announce announce = Announce.of(hash, 1001)
                        .by(counted)
                        .with("uploaded", String.valueOf(1000 + said * 10))
                        .with("downloaded", String.valueOf(2000 + said * 100))
                        .event(said == 3 ? "stopped" : "");
                if (address.equals("198.51.100.1") || said == 3) {
                    from(address, announce);
                    from(address, announce);
                }
            }
        }
        await().untilAsserted(() ->
                assertThat(tracker.reputation().announced(51, "downloaded")).isEqualTo(300));
        assertThat(tracker.reputation().announced(51, "uploaded")).isEqualTo(30);
    }

    @Test
    void showsAMemberItsOwnRejectedAnnouncesAndWhy() throws Exception {
        Passkey turnedAway = TrackerFixture.newPasskey();
        tracker.reputation().set(52, "turned-away", true, "1.00", 0, turnedAway);
        Bytes unregistered = hash.not();
        from(1, Announce.of(unregistered, 1001).by(turnedAway));
        from("2001:db8::1", Announce.of(hash, 4662).by(turnedAway));
        from("2001:db8::1", Announce.of(hash, 4662).by(turnedAway));

        JsonNode rejected = rejected(TestKeys.visitor("announce"), "X-PBTS-Passkey", turnedAway.value());
        assertThat(rejected.size()).isEqualTo(2);
        assertThat(rejected.path(0).path("reason").asString()).startsWith("Your client's port is not allowed");
        assertThat(rejected.path(0).path("times").asInt()).isEqualTo(2);
        assertThat(rejected.path(0).path("address_family").asString()).isEqualTo("ipv6");
        assertThat(rejected.path(0).path("port").asInt()).isEqualTo(4662);
        assertThat(rejected.path(0).path("client").asString()).isEqualTo("-PB0100-");
        assertThat(rejected.path(1).path("reason").asString()).isEqualTo("Unregistered torrent");
        assertThat(rejected.path(1).path("info_hash").asString()).isEqualTo(unregistered.toUnprefixedHexString());

        assertThat(rejected(TestKeys.visitor("announce").asAccount(52, "turned-away"))
                        .size())
                .isEqualTo(2);
        assertThat(rejected(TestKeys.visitor("announce").asAccount(53, "another"))
                        .size())
                .isZero();
        assertThat(tracker.readAs(TestKeys.visitor("announce"), REJECTED).statusCode())
                .isEqualTo(401);
    }

    private static JsonNode rejected(TestToken caller, String... headers) throws Exception {
        HttpResponse<String> answer = tracker.readAs(caller, REJECTED, headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body()).path("rejected");
    }

    @Test
    void tellsTheOperatorAloneWhoClaimsTheImpossible() throws Exception {
        Passkey liar = TrackerFixture.newPasskey();
        tracker.reputation().set(54, "liar", true, "1.00", 0, liar);
        from(1, Announce.of(hash, 1001).by(liar).seeding());
        from(1, Announce.of(hash, 1001).by(liar).seeding().with("uploaded", "9000000000000000000"));
        TestToken operator = TestKeys.token("gateway", "announce").asAdmin();

        JsonNode suspects = new JsonMapper()
                .readTree(tracker.readAs(operator, SIGNALS).body())
                .path("suspects");
        assertThat(suspects.valueStream())
                .filteredOn(suspect -> suspect.path("user_id").asString().equals("liar"))
                .singleElement()
                .satisfies(suspect -> {
                    assertThat(suspect.at("/counts/impossible_speed").asLong()).isEqualTo(1);
                    assertThat(suspect.at("/last/info_hash").asString()).isEqualTo(hash.toUnprefixedHexString());
                });
        assertThat(tracker.reputation().announced(54, "uploaded")).isZero();
        assertThat(tracker.readAs(operator, SIGNALS + "?limit=0").statusCode()).isEqualTo(400);
        assertThat(tracker.readAs(TestKeys.visitor("announce").asAccount(54, "liar"), SIGNALS)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void takesALeecherOffTheListWhenItsRatioFalls() {
        Passkey falling = TrackerFixture.newPasskey();
        tracker.reputation().set(30, "falling", true, "0.50", 0, falling);
        from(1, Announce.of(hash, 1001).by(falling));
        assertThat(scrape(GOOD, hash).integer("incomplete")).contains(1L);
        tracker.reputation().set(30, "falling", false, "0.49", 1, falling);

        await().untilAsserted(() -> assertThat(
                        from(1, Announce.of(hash, 1001).by(falling)).failure())
                .contains("Insufficient ratio: 0.49 < 0.50; seed 1 more bytes"));
        assertThat(scrape(GOOD, hash).integer("incomplete")).contains(0L);
    }

    @Test
    void servesRegisteredTorrentsOnly() {
        Bytes other = Bytes.repeat((byte) 77, 20);
        for (String event : new String[] {"", "started", "completed"}) {
            assertThat(from(1, Announce.of(other, 1001).by(GOOD).event(event)).failure())
                    .contains("Unregistered torrent");
        }
        for (int again = 0; again < 2; again++) {
            Bencoded left = from(1, Announce.of(other, 1001).by(GOOD).event("stopped"));
            assertThat(left.failure()).isEmpty();
            assertThat(left.ports()).isEmpty();
        }
        assertThat(scrape(GOOD, other).integer("incomplete")).contains(0L);
    }

    @Test
    void demandsAPasskeyForScrapeTooAndAHash() {
        String query = "info_hash=" + Announce.escaped(hash);
        assertThat(tracker.get("/scrape?" + query).body().failure()).contains("Passkey missing");
        assertThat(tracker.get("/%s/scrape?%s".formatted(UNKNOWN.value(), query))
                        .body()
                        .failure())
                .contains("Unknown passkey");
        assertThat(tracker.get("/%s/scrape".formatted(GOOD.value())).body().failure())
                .contains("Invalid info_hash");
        assertThat(tracker.get("/scrape/%s?%s".formatted(POOR.value(), query))
                        .body()
                        .failure())
                .isEmpty();
    }

    @Test
    void knowsNoUserIdWithoutAPasskey() {
        assertThat(from(1, Announce.of(hash, 1001).with("user_id", "good")).failure())
                .contains("Passkey missing");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, false", "10.9.0.1, true", "172.16.0.1, false", "172.31.255.255, false", "172.32.0.1, true",
        "192.168.1.1, false", "127.0.0.1, false", "169.254.1.1, false", "100.64.0.1, false", "0.0.0.0, false",
        "224.0.0.1, false", "255.255.255.255, false", "198.51.100.1, true", "::1, false", "::, false",
        "fe80::1, false", "fc00::1, false", "fd00:9::1, true", "fd00:8::1, false", "ff02::1, false",
        "2001:db8::1, true", "::ffff:10.0.0.1, false", "::ffff:198.51.100.1, true", "::198.51.100.1, false"
    })
    void recordsNoPeerThatOthersCannotReach(String address, boolean listed) {
        Bencoded body = from(address, peer(1001));
        assertThat(body.integer("incomplete")).isEqualTo(listed ? 1 : 0);
        assertThat(body.dictionary().text("warning message").isPresent()).isEqualTo(!listed);
        assertThat(from(7, peer(1002)).integer("incomplete")).isEqualTo(listed ? 2 : 1);
    }

    @Test
    void believesTheAddressHeaderAtTheInternalListenerOnly() throws Exception {
        try (var client = new RawClient(tracker.direct())) {
            client.get(peer(1001).target(), "X-PBTS-Client-Address: 198.51.100.9", "X-Real-IP: 198.51.100.9");
        }
        assertThat(from(1, peer(1002)).integer("incomplete")).isEqualTo(1);
    }

    static Stream<List<String>> badAddresses() {
        return Stream.of(
                List.of(),
                List.of("X-PBTS-Client-Address:"),
                List.of("X-PBTS-Client-Address: localhost"),
                List.of("X-PBTS-Client-Address: 198.51.100.1, 198.51.100.2"),
                List.of("X-PBTS-Client-Address: 198.51.100"),
                List.of("X-PBTS-Client-Address: 198.51.100.256"),
                List.of("X-PBTS-Client-Address: fe80::1%eth0"),
                List.of("X-PBTS-Client-Address: [2001:db8::1]"),
                List.of("X-PBTS-Client-Address: 198.51.100.1", "x-pbts-client-address: 198.51.100.1"));
    }

    @ParameterizedTest
    @MethodSource("badAddresses")
    void failsAnAnnounceWhoseClientAddressIsMissingOrInvalid(List<String> headers) throws Exception {
        try (var client = new RawClient(tracker.internal())) {
            List<String> lines = new ArrayList<>(headers);
            lines.add(TrackerFixture.gatewayToken());
            Answer answer = client.get(peer(1001).target(), lines.toArray(String[]::new));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().failure()).contains("Client address missing or invalid");
        }
    }

    @Test
    void keepsEachAccountsPeersItsOwn() {
        Passkey other = TrackerFixture.newPasskey();
        tracker.reputation().set(31, "other", true, "1.00", 0, other);
        from(1, peer(1001).seeding());
        from(1, Announce.of(hash, 1001).by(other).event("stopped"));
        assertThat(scrape(GOOD, hash).integer("complete")).contains(1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/announcement", "/announce/x/y", "/a/b", "/%61nnounce", "/announce%2fx", "/health"})
    void hasNothingElse(String path) {
        assertThat(tracker.get(path).status()).isEqualTo(404);
    }
}
