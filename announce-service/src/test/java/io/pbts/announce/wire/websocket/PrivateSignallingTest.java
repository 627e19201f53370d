package io.pbts.announce.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.SocketClient;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.torrent.Metainfo;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Profile production over WebSockets: the passkey comes in the URL, and the rules are those of HTTP, at every announce. */
class PrivateSignallingTest {
    private static final Passkey GOOD = TrackerFixture.newPasskey();
    private static final Passkey SECOND = TrackerFixture.newPasskey();
    private static final Passkey POOR = TrackerFixture.newPasskey();
    private static final String REFUSAL = "Insufficient ratio: 0.25 < 0.50; seed 268435456 more bytes";
    private static TrackerFixture tracker;
    private static Bytes hash;

    @BeforeAll
    static void start() throws Exception {
        tracker = new TrackerFixture(
                "production", "--pbts.tracker.private-networks=127.0.0.0/8", "--pbts.rules.clients-denied=-WW0200-66");
        tracker.reputation().set(1, "good", true, "1.00", 0, GOOD);
        tracker.reputation().set(2, "poor", false, "0.25", 268_435_456, POOR);
        tracker.reputation().set(3, "second", true, "1.00", 0, SECOND);
        byte[] file = Torrents.ofName("over websockets", 1);
        assertThat(tracker.upload(file, "X-PBTS-Passkey", GOOD.value()).statusCode())
                .isEqualTo(201);
        hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    private static SocketClient clientOf(Passkey passkey, int number) {
        return new SocketClient(tracker.direct().getPort(), "/" + passkey.value() + "/announce", number);
    }

    private static String failure(SocketClient client, Bytes infoHash, long left) throws InterruptedException {
        return client.ask(client.announce(infoHash, left, 1))
                .path("failure reason")
                .asString("");
    }

    @Test
    void introducesMembersToEachOther() throws Exception {
        try (SocketClient seeder = clientOf(GOOD, 1);
                SocketClient own = clientOf(GOOD, 2);
                SocketClient leecher = clientOf(SECOND, 3)) {
            seeder.ask(seeder.announce(hash, 0, 0));
            own.ask(own.announce(hash, 7, 1));
            assertThat(seeder.hasNothingElse())
                    .as("another connection of the same account")
                    .isTrue();
            leecher.ask(leecher.announce(hash, 9, 2));
            assertThat(seeder.next().path("peer_id").asString()).isEqualTo(leecher.peerId());
            assertThat(own.next().path("peer_id").asString()).isEqualTo(leecher.peerId());
        }
    }

    @Test
    void countsWhoIsConnectedBesideWhoAnnouncesByHttpInTheTorrentsHealthAndAmongAllPeers() throws Exception {
        byte[] file = Torrents.ofName("health", 1);
        tracker.upload(file, "X-PBTS-Passkey", GOOD.value());
        Bytes infoHash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
        tracker.get(Announce.of(infoHash, 7001).by(GOOD).seeding().target());
        int announced = tracker.bean(Swarms.class).totals().peers();
        try (SocketClient seeder = clientOf(SECOND, 20);
                SocketClient leecher = clientOf(GOOD, 21)) {
            seeder.ask(seeder.announce(infoHash, 0, 0));
            leecher.ask(leecher.announce(infoHash, 9, 0));
            assertThat(health(infoHash)).isEqualTo("2 complete, 1 incomplete");
            await("those of other tests have left").until(() -> peers() == announced + 2);
        }
        await().until(() -> health(infoHash).equals("1 complete, 0 incomplete"));
        await().until(() -> peers() == announced);
    }

    private static int peers() throws Exception {
        return JsonMapper.shared()
                .readTree(tracker.read("/internal/v1/swarms").body())
                .get("total_peers")
                .asInt();
    }

    private static String health(Bytes infoHash) throws Exception {
        String path = "/api/v1/torrents/" + infoHash.toUnprefixedHexString();
        JsonNode facts = JsonMapper.shared()
                .readTree(tracker.read(path, "X-PBTS-Passkey", GOOD.value()).body());
        return "%s complete, %s incomplete".formatted(facts.get("complete"), facts.get("incomplete"));
    }

    @Test
    void refusesInTheWordsOfHttp() throws Exception {
        try (var nobody = new SocketClient(tracker.direct().getPort(), "/announce", 4);
                SocketClient unknown = clientOf(TrackerFixture.newPasskey(), 5);
                SocketClient poor = clientOf(POOR, 6);
                SocketClient good = clientOf(GOOD, 7)) {
            assertThat(failure(nobody, hash, 1)).isEqualTo("Passkey missing");
            assertThat(failure(unknown, hash, 1)).isEqualTo("Unknown passkey");
            assertThat(failure(poor, hash, 1)).isEqualTo(REFUSAL);
            assertThat(failure(good, hash.not(), 1)).isEqualTo("Unregistered torrent");
        }
    }

    @Test
    void letsARefusedMemberSeedButOfferNothing() throws Exception {
        try (SocketClient poor = clientOf(POOR, 8);
                SocketClient leecher = clientOf(SECOND, 9)) {
            leecher.ask(leecher.announce(hash, 9, 0));
            assertThat(poor.ask(poor.announce(hash, 0, 1))
                            .path("warning message")
                            .asString())
                    .isEqualTo(REFUSAL);
            assertThat(leecher.hasNothingElse()).isTrue();
            leecher.ask(leecher.announce(hash, 9, 1));
            assertThat(poor.next().path("peer_id").asString()).isEqualTo(leecher.peerId());
        }
    }

    @Test
    void warnsAMemberWhoseRatioNearsTheFloor() throws Exception {
        Passkey near = TrackerFixture.newPasskey();
        tracker.reputation().set(31, "near", true, "0.55", 0, near);
        try (SocketClient client = clientOf(near, 11)) {
            assertThat(client.ask(client.announce(hash, 5, 1))
                            .path("warning message")
                            .asString())
                    .startsWith("Your ratio is 0.55, and below 0.50");
        }
    }

    @Test
    void turnsAwayAClientThatIsNotWelcomeButLetsItLeave() throws Exception {
        try (SocketClient client = clientOf(GOOD, 12)) {
            var announce = client.announce(hash, 5, 1).put("peer_id", "-WW0200-661234567890");
            JsonNode refused = client.ask(announce);
            assertThat(refused.path("failure reason").asString()).startsWith("Your BitTorrent client is not allowed");
            assertThat(refused.path("interval").asInt()).isPositive();
            assertThat(client.ask(announce.put("event", "stopped")).has("failure reason"))
                    .isFalse();
        }
    }

    @Test
    void refusesAFourthConnectionOfAnAccountInASwarmUntilOneIsGivenUp() throws Exception {
        Passkey busy = TrackerFixture.newPasskey();
        tracker.reputation().set(32, "busy", true, "1.00", 0, busy);
        try (SocketClient first = clientOf(busy, 21);
                SocketClient second = clientOf(busy, 22);
                SocketClient third = clientOf(busy, 23);
                SocketClient fourth = clientOf(busy, 24)) {
            for (SocketClient client : new SocketClient[] {first, second, third, first}) {
                assertThat(failure(client, hash, 5)).isEmpty();
            }
            assertThat(failure(fourth, hash, 5)).startsWith("You are in this swarm with as many clients");
            first.ask(first.announce(hash, 5, 0).put("event", "stopped"));
            assertThat(failure(fourth, hash, 5)).isEmpty();
        }
    }

    @Test
    void tellsWhatAnAccountsClientsAdd() throws Exception {
        Passkey counted = TrackerFixture.newPasskey();
        tracker.reputation().set(33, "counted", true, "1.00", 0, counted);
        try (SocketClient client = clientOf(counted, 31)) {
            client.ask(client.announce(hash, 5, 0).put("uploaded", 10).put("downloaded", 20));
            client.ask(client.announce(hash, 5, 0).put("uploaded", 15).put("downloaded", 29));
            await().untilAsserted(() ->
                    assertThat(tracker.reputation().announced(33, "downloaded")).isEqualTo(9));
            assertThat(tracker.reputation().announced(33, "uploaded")).isEqualTo(5);
        }
    }

    @Test
    void judgesAMemberAnewAtEachAnnounce() throws Exception {
        Passkey falling = TrackerFixture.newPasskey();
        tracker.reputation().set(30, "falling", true, "0.50", 0, falling);
        try (SocketClient client = clientOf(falling, 10)) {
            await().until(() -> failure(client, hash, 5).isEmpty());
            tracker.reputation().set(30, "falling", false, "0.49", 1, falling);
            await().until(() -> failure(client, hash, 5).equals("Insufficient ratio: 0.49 < 0.50; seed 1 more bytes"));
        }
    }
}
