package io.pbts.announce.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.FakeReputation;
import io.pbts.announce.testing.RawClient.Answer;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.support.testing.TestKeys;
import java.time.Duration;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profile local: the tracker of the original's README, as a client sees it. */
class LocalTrackerTest {
    private static TrackerFixture tracker;
    private static int hashes;

    private final Bytes hash = Bytes.concatenate(Bytes.ofUnsignedInt(++hashes), Bytes.repeat((byte) 0xA5, 16));

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    private Bencoded announce(Announce announce) {
        Answer answer = tracker.get(announce.target());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "text/plain");
        return answer.body();
    }

    private Announce peer(int port) {
        return Announce.of(hash, port);
    }

    @Test
    void takesTheVariantsFreeTextFromThisMachineOnlyAndSaysSo() throws Exception {
        var wallet = Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.of(77)));
        String address = wallet.address().checksummed();
        tracker.reputation().wallets().set(address, 77, true, "2.00", 0, 2, 1);
        String infoHash = hash.toUnprefixedHexString();
        String text = "Announce started for " + infoHash;
        String body = """
                {"userAddress":"%s","infohash":"%s","event":"started","message":"%s","signature":"%s"}""".formatted(
                address, infoHash, text, wallet.sign(PersonalMessage.of(text)).toHexString());

        var here = tracker.ask(TestKeys.visitor("announce"), "POST", "/announce", body);
        assertThat(here.statusCode()).as(here.body()).isEqualTo(200);
        assertThat(here.body()).contains("\"status\":\"allowed\"", "\"warning\":\"Free text can be used again");

        var forged = tracker.ask(
                TestKeys.visitor("announce"), "POST", "/announce", body.replace("\"started\"", "\"stopped\""));
        assertThat(forged.statusCode()).isEqualTo(401);
        var far =
                tracker.ask(TestKeys.token("gateway", "announce").asAnonymous("192.0.2.1"), "POST", "/announce", body);
        assertThat(far.statusCode()).isEqualTo(401);
    }

    @Test
    void servesAnAnnounceWithoutPasskeyAndRegistration() {
        Bencoded first = announce(peer(6881).seeding());
        Bencoded second = announce(peer(6882));

        assertThat(first.ports()).isEmpty();
        assertThat(second.ports()).containsExactly(6881);
        assertThat(second.integer("complete")).isEqualTo(1);
        assertThat(second.integer("incomplete")).isEqualTo(1);
        assertThat(second.integer("downloaded")).isZero();
        assertThat(second.integer("interval")).isBetween(1800L, 1980L);
        assertThat(second.integer("min interval")).isEqualTo(900);
        assertThat(second.dictionary().string("external ip")).contains(Bytes.of(127, 0, 0, 1));
        assertThat(second.dictionary().text("tracker id")).contains(FakeReputation.INSTANCE);
    }

    @Test
    void cutsAV2HashAndLetsItsPeersMeetWhereverItWasCut() {
        Bytes v2 = Bytes.concatenate(hash, Bytes.repeat((byte) 9, 12));
        announce(Announce.of(v2, 6881));
        assertThat(announce(peer(6882)).ports()).containsExactly(6881);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    info_hash,          , Invalid info_hash
                    info_hash, ''       , Invalid info_hash
                    info_hash, abc      , Invalid info_hash
                    info_hash, 1234567890123456789012345678901234567890, Invalid info_hash
                    info_hash, 1234567890123456789%zz, Invalid info_hash
                    info_hash, 1234567890123456789%4, Invalid info_hash
                    info_hash, 12345678901234567890&info_hash=12345678901234567890, Invalid info_hash
                    peer_id,            , Invalid peer_id
                    peer_id, short      , Invalid peer_id
                    port,               , Invalid port
                    port, ''            , Invalid port
                    port, 0             , Invalid port
                    port, -1            , Invalid port
                    port, 65536         , Invalid port
                    port, 99999999999999999999999, Invalid port
                    port, http          , Invalid port
                    port, 68 81         , Invalid port
                    uploaded, many      , Invalid uploaded
                    uploaded, -1        , Invalid uploaded
                    downloaded, 1.5     , Invalid downloaded
                    left, all           , Invalid left
                    numwant, few        , Invalid numwant
                    """)
    void saysWhatIsWrongWithAParameterInBencode(String name, String value, String reason) {
        Announce announce =
                value == null ? peer(6881).without(name) : peer(6881).with(name, value.replace(" ", "%20"));
        Bencoded body = announce(announce);
        assertThat(body.failure()).contains(reason);
        assertThat(body.integer("interval")).isBetween(1800L, 1980L);
        assertThat(body.dictionary().entries()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "7,7", "50,50", "51,50", "-1,50", "999999999,50", "99999999999999999999,50"})
    void givesAsManyPeersAsWantedUpToTheCap(String wanted, int given) {
        for (int port = 1000; port < 1060; port++) {
            announce(peer(port).with("numwant", "0"));
        }
        assertThat(announce(peer(1).with("numwant", wanted)).ports()).hasSize(given);
    }

    @Test
    void givesFiftyPeersWhenNoNumberIsWanted() {
        for (int port = 1000; port < 1060; port++) {
            announce(peer(port).with("numwant", "0"));
        }
        assertThat(announce(peer(1)).ports()).hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "paused", "Started", "%00", "completed%20"})
    void treatsAnUnknownEventAsAnOrdinaryAnnounce(String event) {
        assertThat(announce(peer(6881).event(event)).integer("incomplete")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip=203.0.113.9",
                "ipv4=203.0.113.9:7",
                "ipv6=2001:db8::9",
                "trackerid=x",
                "corrupt=0",
                "=",
                "&&",
                "x"
            })
    void ignoresOtherParametersAboveAllAddresses(String parameter) {
        announce(peer(6881).with("key", "1&" + parameter));
        assertThat(announce(peer(6882)).text()).contains("5:peers6:\u007f\0\0\u0001\u001a\u00e1");
    }

    @Test
    void letsALeavingClientGoWithoutAPortAndAsOftenAsItLikes() {
        announce(peer(6881));
        assertThat(announce(peer(6881).event("stopped").with("port", "0")).failure())
                .isEmpty();
        assertThat(announce(peer(6881).event("stopped")).integer("incomplete")).isZero();
        Bencoded again = announce(peer(6881).event("stopped"));
        assertThat(again.failure()).isEmpty();
        assertThat(again.ports()).isEmpty();
    }

    @Test
    void countsDownloadsInScrape() {
        announce(peer(6881).event("started"));
        announce(peer(6881).seeding().event("completed"));
        announce(peer(6882).event("started"));
        BDictionary file = scrapeOf(hash);
        assertThat(file.integer("complete")).contains(1L);
        assertThat(file.integer("incomplete")).contains(1L);
        assertThat(file.integer("downloaded")).contains(1L);
    }

    private static BDictionary scrapeOf(Bytes infoHash) {
        BDictionary answer = tracker.get("/scrape?info_hash=" + Announce.escaped(infoHash))
                .body()
                .dictionary();
        return answer.dictionary("files")
                .orElseThrow()
                .get(infoHash)
                .map(BDictionary.class::cast)
                .orElseThrow();
    }

    @Test
    void scrapesManyTorrentsInBencodeOrderEachOnceUpToALimit() {
        var query = new StringBuilder("/scrape?info_hash=" + Announce.escaped(Bytes.repeat((byte) 0xff, 20)));
        for (int i = 99; i >= 0; i--) {
            query.append("&info_hash=").append(Announce.escaped(Bytes.repeat((byte) (i / 2), 20)));
        }
        BDictionary files = tracker.get(query.toString())
                .body()
                .dictionary()
                .dictionary("files")
                .orElseThrow();
        assertThat(files.entries()).hasSize(1 + 32);
        assertThat(files.get(Bytes.repeat((byte) 0xff, 20))).isPresent();
    }

    @Test
    void answersAnEmptyScrapeAsTheOriginalDid() {
        assertThat(tracker.get("/scrape").body().text()).isEqualTo("d5:filesdee");
        assertThat(tracker.get("/scrape?info_hash=short").body().failure()).contains("Invalid info_hash");
    }

    @Test
    void listsPeersAsDictionariesForThoseWhoWantThemSo() {
        announce(peer(6881));
        tracker.getFor("2001:db8::1", peer(6882).target());
        String listed = announce(peer(6883).with("compact", "0")).text();
        assertThat(listed)
                .contains("5:peersl", "d2:ip9:127.0.0.17:peer id20:-PB0100-0000000068814:porti6881ee")
                .contains("d2:ip20:2001:db8:0:0:0:0:0:17:peer id20:-PB0100-0000000068824:porti6882ee");
        String withoutIds = announce(peer(6883).with("compact", "0").with("no_peer_id", "1"))
                .text();
        assertThat(withoutIds).contains("d2:ip9:127.0.0.14:porti6881ee").doesNotContain("peer id");
    }

    @Test
    void givesIpv6PeersInAKeyOfTheirOwn() {
        tracker.getFor("2001:db8::1", peer(6881).target());
        tracker.getFor("::ffff:198.51.100.1", peer(6882).target());
        Bencoded body = announce(peer(6883));
        assertThat(body.ports6()).containsExactly(6881);
        assertThat(body.ports()).containsExactly(6882);
    }

    @Test
    void gatesSomebodyWhoShowsAPasskey() {
        Passkey good = TrackerFixture.newPasskey();
        Passkey poor = TrackerFixture.newPasskey();
        tracker.reputation().set(101, "good", true, "2.00", 0, good);
        tracker.reputation().set(102, "poor", false, "0.25", 268_435_456, poor);
        announce(peer(6881));

        assertThat(announce(peer(6882).by(good)).ports()).containsExactly(6881);
        assertThat(announce(peer(6883).by(poor)).failure())
                .contains("Insufficient ratio: 0.25 < 0.50; seed 268435456 more bytes");
        assertThat(announce(peer(6884).by(TrackerFixture.newPasskey())).failure())
                .contains("Unknown passkey");
    }

    @Test
    void gatesAKnownUserIdAndLetsAnUnknownOnePassAsTheOriginalDid() {
        tracker.reputation().set(103, "al@ice", true, null, 0);
        tracker.reputation().set(104, "mallory", false, "0.10", 5);

        assertThat(announce(peer(6881).with("user_id", "al%40ice").event("started"))
                        .failure())
                .isEmpty();
        assertThat(announce(peer(6882).with("user_id", "mallory")).failure())
                .contains("Insufficient ratio: 0.10 < 0.50; seed 5 more bytes");
        assertThat(announce(peer(6883).with("user_id", "nobody")).failure()).isEmpty();
        assertThat(announce(peer(6884).with("user_id", "x".repeat(500))).failure())
                .isEmpty();
        announce(peer(6881).event("stopped"));
        assertThat(scrapeOf(hash).integer("incomplete"))
                .as("alice's peer is hers")
                .contains(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%s/announce", "/announce/%s", "/announce?passkey=%s"})
    void findsThePasskeyInEachOfItsPlaces(String form) {
        Passkey passkey = TrackerFixture.newPasskey();
        tracker.reputation().set(105, "placed", false, "0.00", 1, passkey);
        assertThat(announce(peer(6881).at(form.formatted(passkey.value())))
                        .failure()
                        .orElse(""))
                .startsWith("Insufficient ratio");
        assertThat(announce(peer(6881).at(form.formatted("0".repeat(32)))).failure())
                .contains("Unknown passkey");
        assertThat(announce(peer(6881).at(form.formatted("abc"))).failure()).contains("Unknown passkey");
    }

    @Test
    void forgetsAPeerThatDoesNotComeBack() {
        try (var hasty = new TrackerFixture("local", "--pbts.swarm.interval=2s")) {
            Bencoded body = hasty.get(peer(6881).target()).body();
            assertThat(body.integer("interval")).isEqualTo(2);
            String scrape = "/scrape?info_hash=" + Announce.escaped(hash);
            assertThat(hasty.get(scrape).body().text()).contains("10:incompletei1e");
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> hasty.get(scrape).body().text().contains("10:incompletei0e"));
        }
    }
}
