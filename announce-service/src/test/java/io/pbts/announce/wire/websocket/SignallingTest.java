package io.pbts.announce.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Mutations;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.SocketClient;
import io.pbts.announce.testing.TrackerFixture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** WebTorrent's signalling on real WebSockets, profile local. */
class SignallingTest {
    private static final int GONE = -1;
    private static TrackerFixture tracker;
    private static int hashes;

    private final Bytes hash = Bytes.concatenate(Bytes.ofUnsignedInt(++hashes), Bytes.repeat((byte) 0xF7, 16));
    private final List<SocketClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    @AfterEach
    void closeAll() {
        clients.forEach(SocketClient::close);
    }

    private SocketClient client() {
        return client("/announce");
    }

    private SocketClient client(String path) {
        var client = new SocketClient(tracker.direct().getPort(), path, clients.size());
        clients.add(client);
        return client;
    }

    @Test
    void passesAnOfferToAPeerAndItsAnswerBack() throws Exception {
        SocketClient seeder = client();
        SocketClient leecher = client();
        seeder.ask(seeder.announce(hash, 0, 0));

        JsonNode counts = leecher.ask(leecher.announce(hash, 100, 1));
        JsonNode offer = seeder.next();
        seeder.send(seeder.answer(hash, offer));
        JsonNode answer = leecher.next();

        assertThat(counts.path("complete").asInt(GONE)).isEqualTo(1);
        assertThat(counts.path("incomplete").asInt(GONE)).isEqualTo(1);
        assertThat(counts.path("interval").asInt(GONE)).isBetween(360, 396);
        assertThat(counts.path("info_hash").asString()).isEqualTo(SocketClient.binary(hash));
        assertThat(offer.path("peer_id").asString()).isEqualTo(leecher.peerId());
        assertThat(offer.path("offer").path("sdp").asString()).isEqualTo("v=0 from " + leecher.peerId() + " number 0");
        assertThat(answer.path("peer_id").asString()).isEqualTo(seeder.peerId());
        assertThat(answer.path("answer").path("sdp").asString()).isEqualTo("v=0 answer of " + seeder.peerId());
        assertThat(answer.path("offer_id").asString())
                .isEqualTo(offer.path("offer_id").asString());
    }

    @Test
    void givesEachOfferToAnotherPeerAndNoneToItself() throws Exception {
        SocketClient asker = client();
        List<SocketClient> others = List.of(client(), client(), client());
        for (SocketClient other : others) {
            other.ask(other.announce(hash, 50, 0));
        }

        asker.ask(asker.announce(hash, 100, 10));

        List<String> offers = new ArrayList<>();
        for (SocketClient other : others) {
            offers.add(other.next().path("offer_id").asString());
            assertThat(other.hasNothingElse()).isTrue();
        }
        assertThat(offers).doesNotHaveDuplicates();
        assertThat(asker.hasNothingElse()).isTrue();
    }

    @Test
    void givesSeedersNoSeeders() throws Exception {
        SocketClient seeder = client();
        SocketClient other = client();
        seeder.ask(seeder.announce(hash, 0, 0));

        other.ask(other.announce(hash, 0, 5));

        assertThat(seeder.hasNothingElse()).isTrue();
    }

    @Test
    void dropsAnAnswerToAnOfferThatWasNotMade() throws Exception {
        SocketClient victim = client();
        SocketClient attacker = client();
        victim.ask(victim.announce(hash, 0, 0));
        attacker.ask(attacker.announce(hash, 9, 0));
        ObjectNode forged =
                attacker.announce(hash, 9, 0).put("offer_id", "guessed").put("to_peer_id", victim.peerId());
        forged.putObject("answer").put("type", "answer").put("sdp", "v=0 come to me");

        attacker.send(forged);

        assertThat(attacker.hasNothingElse()).isTrue();
        assertThat(victim.hasNothingElse()).isTrue();
    }

    @Test
    void forgetsWhoStopsAndWhoIsGone() throws Exception {
        SocketClient stays = client();
        SocketClient stops = client();
        SocketClient hangsUp = client();
        for (SocketClient each : clients) {
            each.ask(each.announce(hash, 5, 0));
        }
        assertThat(seen(stays)).isEqualTo(3);

        stops.ask(stops.announce(hash, 5, 0).put("event", "stopped"));
        hangsUp.close();

        await().until(() -> seen(stays) == 1);
    }

    private int seen(SocketClient by) throws InterruptedException {
        return by.ask(by.announce(hash, 5, 0)).path("incomplete").asInt(GONE);
    }

    @Test
    void countsADownloadAndScrapes() throws Exception {
        SocketClient client = client();
        client.ask(client.announce(hash, 5, 0));
        client.ask(client.announce(hash, 0, 0).put("event", "completed"));
        ObjectNode question = client.announce(hash, 0, 0).put("action", "scrape");

        JsonNode file = client.ask(question).path("files").path(SocketClient.binary(hash));

        assertThat(file.path("complete").asInt(GONE)).isEqualTo(1);
        assertThat(file.path("incomplete").asInt(GONE)).isZero();
        assertThat(file.path("downloaded").asInt(GONE)).isEqualTo(1);
    }

    @Test
    void keepsEveryByteValueOfAnInfoHashAtEveryPosition() throws Exception {
        SocketClient client = client();
        for (int position = 0; position < 20; position++) {
            for (int value = 0; value < 256; value++) {
                byte[] name = Bytes.repeat((byte) 0x31, 20).toArray();
                name[position] = (byte) value;
                JsonNode answer =
                        client.ask(client.announce(Bytes.wrap(name), 0, 0).put("event", "started"));
                assertThat(answer.path("info_hash").asString()).isEqualTo(SocketClient.binary(Bytes.wrap(name)));
                assertThat(answer.path("complete").asInt(GONE)).isEqualTo(1);
                client.ask(client.announce(Bytes.wrap(name), 0, 0).put("event", "stopped"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json|Not a JSON message",
                "{}|Invalid action",
                "[1]|Invalid action",
                "{\"action\":\"dance\"}|Unknown action",
                "{\"action\":\"announce\",\"action\":\"announce\"}|Not a JSON message",
                "{\"action\":\"announce\",\"info_hash\":7,\"peer_id\":\"-WW0200-000000000000\"}|Invalid info_hash",
                "{\"action\":\"announce\",\"info_hash\":\"short\",\"peer_id\":\"-WW0200-000000000000\"}|Invalid info_hash",
                "{\"action\":\"announce\",\"info_hash\":\"aaaaaaaaaaaaaaaaaaa\u20ac\",\"peer_id\":\"-WW0200-000000000000\"}|Invalid info_hash",
                "{\"action\":\"announce\",\"info_hash\":\"aaaaaaaaaaaaaaaaaaaa\",\"peer_id\":\"x\"}|Invalid peer_id",
                "{\"action\":\"announce\",\"info_hash\":\"aaaaaaaaaaaaaaaaaaaa\",\"peer_id\":\"-WW0200-000000000000\",\"left\":-4}|Invalid left",
                "{\"action\":\"announce\",\"info_hash\":\"aaaaaaaaaaaaaaaaaaaa\",\"peer_id\":\"-WW0200-000000000000\",\"offers\":[{}]}|Invalid offer_id",
                "{\"action\":\"scrape\",\"info_hash\":[\"x\"]}|Invalid info_hash",
            })
    void saysWhatIsWrongAndGoesOn(String message, String reason) throws Exception {
        SocketClient client = client();
        client.send(message);
        assertThat(client.next().path("failure reason").asString()).isEqualTo(reason);
        assertThat(client.ask(client.announce(hash, 1, 0)).has("interval")).isTrue();
    }

    @Test
    void opensAtTheRootTooAndNowhereElse() throws Exception {
        SocketClient client = client("/?x=1");
        assertThat(client.ask(client.announce(hash, 1, 0)).has("interval")).isTrue();
        try (var raw = new RawClient(tracker.direct())) {
            assertThat(raw.get(
                                    "/elsewhere",
                                    "Connection: Upgrade",
                                    "Upgrade: websocket",
                                    "Sec-WebSocket-Version: 13",
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void acceptsAsRfc6455Has() throws Exception {
        try (var raw = new RawClient(tracker.direct())) {
            var answer = raw.get(
                    "/announce",
                    "Connection: keep-alive, Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers()).containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void survivesMutatedMessages(int seed) throws Exception {
        SocketClient example = client();
        ObjectNode answer =
                example.answer(hash, example.announce(hash, 1, 1).path("offers").path(0));
        List<byte[]> corpus = List.of(
                utf8(example.announce(hash, 10, 3).toString()),
                utf8(example.announce(hash, 0, 0).put("event", "completed").toString()),
                utf8(answer.toString()),
                utf8(example.announce(hash, 1, 0).put("action", "scrape").toString()));
        var mutations = new Mutations(corpus, new SplittableRandom(seed));
        SocketClient client = client();
        for (int i = 0; i < 3000; i++) {
            client.send(new String(mutations.next(), StandardCharsets.ISO_8859_1));
        }
        await().until(() -> client.next().path("failure reason").asString("").startsWith("Not a"));
        assertThat(example.ask(example.announce(hash.not(), 1, 0))
                        .path("incomplete")
                        .asInt(GONE))
                .isEqualTo(1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
