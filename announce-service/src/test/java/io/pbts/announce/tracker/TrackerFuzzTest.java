package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Mutations;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.RawClient.Answer;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.tracker.text.BencodeOutput;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.torrent.Metainfo;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives: no exception, and every answer strict bencode with either peers, files or a reason. */
class TrackerFuzzTest {
    private static final Passkey PASSKEY = TrackerFixture.newPasskey();
    private static final int TARGETS = 60_000;

    private static List<byte[]> corpus(Bytes hash) {
        Announce whole = Announce.of(hash, 6881)
                .with("numwant", "50")
                .with("event", "started")
                .with("no_peer_id", "1")
                .with("user_id", "alice")
                .with("key", "DEADBEEF")
                .with("ip", "10.0.0.1");
        String scrape = "/scrape?info_hash=" + Announce.escaped(hash) + "&info_hash=" + Announce.escaped(hash.not());
        return List.of(
                bytes(whole.target()),
                bytes(whole.by(PASSKEY).target()),
                bytes(whole.at("/announce/" + PASSKEY.value())
                        .event("stopped")
                        .with("port", "0")
                        .target()),
                bytes(whole.at("/announce?passkey=" + PASSKEY.value())
                        .seeding()
                        .event("completed")
                        .with("compact", "0")
                        .target()),
                bytes(scrape),
                bytes("/" + PASSKEY.value() + scrape),
                bytes("http://tracker.test/announce?info_hash=" + Announce.escaped(hash)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static Bytes registered(TrackerFixture tracker) throws Exception {
        tracker.reputation().set(1, "alice", true, "1.00", 0, PASSKEY);
        byte[] file = Torrents.ofName("fuzz", 1);
        tracker.upload(file, "X-PBTS-Passkey", PASSKEY.value());
        return Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void answersEveryTargetWithBencode(String profile) throws Exception {
        try (var fixture = new TrackerFixture(profile)) {
            var mutations = new Mutations(corpus(registered(fixture)), new SplittableRandom(20_261_120));
            Tracker tracker = fixture.bean(Tracker.class);
            HttpExchange exchange = tracker.newHttpExchange(new SplittableRandom(4), PasskeyLimit.NONE);
            PeerAddress client = PeerAddress.of(InetAddress.ofLiteral("198.51.100.77"));
            int answered = 0;
            int failed = 0;
            for (int i = 0; i < TARGETS; i++) {
                byte[] target = mutations.next();
                exchange.request(target, 0, target.length, i % 50 == 0 ? null : client, null);
                Served served = tracker.serve(exchange);
                assertThat(served).isNotEqualTo(Served.WAITING);
                if (served == Served.ANSWERED) {
                    answered++;
                    failed += isFailure(exchange.body(), target) ? 1 : 0;
                }
            }
            assertThat(answered).as("targets that were announces or scrapes").isGreaterThan(TARGETS / 3);
            assertThat(failed).isBetween(answered / 10, answered * 99 / 100);
            assertThat(fixture.bean(Swarms.class).totals().swarms())
                    .as("swarms made by %s", profile)
                    .isBetween(profile.equals("local") ? 2 : 1, profile.equals("local") ? TARGETS : 1);
        }
    }

    private static boolean isFailure(BencodeOutput body, byte[] target) throws Exception {
        byte[] answer = Arrays.copyOf(body.bytes(), body.length());
        var dictionary = (BDictionary) BencodeDecoder.decode(answer, BencodeLimits.MESSAGE);
        boolean failure = dictionary.text("failure reason").isPresent();
        boolean complete = failure
                ? dictionary.integer("interval").isPresent()
                : dictionary.get("peers").isPresent() || dictionary.get("files").isPresent();
        assertThat(complete).as("answer to %s", new String(target, ISO_8859_1)).isTrue();
        return failure;
    }

    @Test
    void survivesMutatedRequestsOnARealSocket() throws Exception {
        try (var fixture = new TrackerFixture("local", "--pbts.wire.header-timeout=2s")) {
            Bytes hash = registered(fixture);
            String fields = " HTTP/1.1\r\nHost: tracker.test\r\nUser-Agent: fuzz/1\r\nConnection: keep-alive\r\n\r\n";
            List<byte[]> corpus = corpus(hash).stream()
                    .map(target -> bytes("GET " + new String(target, ISO_8859_1) + fields))
                    .toList();
            var mutations = new Mutations(corpus, new SplittableRandom(6));
            int answers = 0;
            for (int i = 0; i < 3000; i++) {
                answers += send(fixture, mutations.next()) ? 1 : 0;
            }
            assertThat(answers).isGreaterThan(2000);
            assertThat(fixture.get(Announce.of(hash, 1).target()).body().failure())
                    .isEmpty();
        }
    }

    private static boolean send(TrackerFixture fixture, byte[] request) throws Exception {
        try (var client = new RawClient(fixture.direct())) {
            client.send(request);
            client.endOutput();
            Answer answer = client.read();
            assertThat(answer.status()).isIn(200, 400, 404, 405, 414, 431, 505);
            if (answer.status() == 200) {
                assertThat(answer.body().dictionary().entries()).isNotEmpty();
            }
            return true;
        } catch (EOFException | SocketException nothingToAnswer) {
            return false;
        }
    }
}
