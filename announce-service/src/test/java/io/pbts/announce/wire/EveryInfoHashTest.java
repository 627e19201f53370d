package io.pbts.announce.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.SocketClient;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.protocol.bencode.BDictionary;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Info hashes that have, all together, each of the 256 byte values at each of the 20 places, however they are written. */
class EveryInfoHashTest {
    private static final int PLACES = 20;

    /** An odd number, so that no two places of a hash and no two hashes have the same bytes. */
    private static final int STEP = 13;

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static TrackerFixture tracker;

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    private static List<Bytes> hashes() {
        return IntStream.range(0, 256).mapToObj(EveryInfoHashTest::hash).toList();
    }

    private static Bytes hash(int first) {
        byte[] bytes = new byte[PLACES];
        for (int place = 0; place < PLACES; place++) {
            bytes[place] = (byte) (first + place * STEP);
        }
        return Bytes.wrap(bytes);
    }

    @Test
    void isTheSameOverUdpAndOverHttpInEitherCaseAndRaw() throws IOException {
        try (var udp = new UdpClient(HERE, HERE, tracker.direct().getPort());
                var http = new RawClient(tracker.direct())) {
            long connection = udp.connect();
            for (Bytes hash : hashes()) {
                assertThat(udp.ask(Packet.announce(hash, 7001).bytes(connection))
                                .ports(6))
                        .isEmpty();
                String lower = Announce.escaped(hash);
                assertThat(ports(http, hash, 7002, lower)).containsExactly(7001);
                assertThat(ports(http, hash, 7003, lower.toUpperCase(Locale.ROOT)))
                        .containsExactlyInAnyOrder(7001, 7002);
                assertThat(ports(http, hash, 7004, rawWhereItMayBe(hash))).containsExactlyInAnyOrder(7001, 7002, 7003);
                BDictionary files = http.get("/scrape?info_hash=" + rawWhereItMayBe(hash))
                        .body()
                        .dictionary()
                        .dictionary("files")
                        .orElseThrow();
                assertThat(files.entries()).hasSize(1).first().satisfies(file -> {
                    assertThat(file.key()).isEqualTo(hash);
                    assertThat(((BDictionary) file.value()).integer("incomplete"))
                            .contains(4L);
                });
                assertThat(udp.scrape(connection, hash).number(2))
                        .as("leechers")
                        .isEqualTo(4);
            }
        }
    }

    private static List<Integer> ports(RawClient client, Bytes hash, int port, String written) throws IOException {
        return client.get(Announce.of(hash, port).with("info_hash", written).target())
                .body()
                .ports();
    }

    /** Everything that is neither a delimiter nor a control character goes over the wire as it is. */
    private static String rawWhereItMayBe(Bytes hash) {
        var text = new StringBuilder();
        for (char symbol : new String(hash.toArrayUnsafe(), ISO_8859_1).toCharArray()) {
            boolean escaped = symbol <= ' ' || symbol == 0x7f || "%&#".indexOf(symbol) >= 0;
            text.append(escaped ? "%%%02x".formatted((int) symbol) : symbol);
        }
        return text.toString();
    }

    @Test
    void isTheSameToTwoWebSockets() throws InterruptedException {
        int port = tracker.direct().getPort();
        try (var one = new SocketClient(port, "/announce", 1);
                var other = new SocketClient(port, "/announce", 2)) {
            for (Bytes hash : hashes()) {
                one.ask(one.announce(hash, 1, 0));
                JsonNode answer = other.ask(other.announce(hash, 1, 1));
                assertThat(answer.path("info_hash").asString()).isEqualTo(SocketClient.binary(hash));
                assertThat(answer.path("incomplete").asInt()).isEqualTo(2);
                JsonNode offer = one.next();
                assertThat(offer.path("info_hash").asString()).isEqualTo(SocketClient.binary(hash));
                assertThat(offer.path("peer_id").asString()).isEqualTo(other.peerId());
                one.ask(one.announce(hash, 1, 0).put("event", "stopped")); // a connection is in 200 swarms at most
                other.ask(other.announce(hash, 1, 0).put("event", "stopped"));
            }
        }
    }
}
