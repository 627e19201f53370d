package io.pbts.announce.swarm.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.TestValkey;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.protocol.bencode.BDictionary;
import java.net.InetAddress;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** Two nodes with one store are one tracker, whichever of them a client comes to. */
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no Valkey, says so in its summary, and fails in CI")
class TwoNodesTest {
    private static final Bytes SHARED = Bytes.repeat((byte) 0x5A, 20);
    private static final Bytes LEFT = Bytes.repeat((byte) 0x5B, 20);
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private static TestValkey store;
    private static TrackerFixture one;
    private static TrackerFixture other;

    @BeforeAll
    static void start() {
        store = new TestValkey();
        one = node();
        other = node();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        store.close();
    }

    private static TrackerFixture node() {
        return new TrackerFixture("local", "--pbts.swarm.store=valkey", "--pbts.valkey.url=" + store.url());
    }

    private static Bencoded announce(TrackerFixture node, Announce announce) {
        return node.get(announce.target()).body();
    }

    @Test
    void aPeerOfOneNodeIsFoundAtTheOtherOverHttpAndUdpAndCountedOnce() {
        announce(one, Announce.of(SHARED, 7001).seeding());
        assertThat(announce(other, Announce.of(SHARED, 7002)).ports()).containsExactly(7001);
        Bencoded again = announce(other, Announce.of(SHARED, 7001).seeding());
        assertThat(again.integer("complete")).isEqualTo(1);
        assertThat(again.integer("incomplete")).isEqualTo(1);
        try (var client = new UdpClient(HERE, HERE, other.direct().getPort())) {
            assertThat(client.announce(Packet.announce(SHARED, 7003)).ports(6)).containsExactlyInAnyOrder(7001, 7002);
        }
        assertThat(announce(one, Announce.of(SHARED, 7002)).ports()).containsExactlyInAnyOrder(7001, 7003);
        BDictionary scraped =
                one.get("/scrape?info_hash=" + Announce.escaped(SHARED)).body().dictionary();
        BDictionary file = (BDictionary)
                scraped.dictionary("files").orElseThrow().get(SHARED).orElseThrow();
        assertThat(file.integer("incomplete")).contains(2L);
    }

    @Test
    void withoutTheStoreClientsAreToldToComeBackAndAreServedWhenItIsBack() {
        announce(one, Announce.of(LEFT, 7001).seeding());
        store.kill();
        Bencoded refused = announce(one, Announce.of(LEFT, 7002));
        assertThat(refused.failure()).isNotEmpty();
        assertThat(refused.integer("interval")).isBetween(1L, 120L);
        assertThat(announce(one, Announce.of(LEFT, 7001).with("event", "stopped"))
                        .failure())
                .as("whoever leaves is let go")
                .isEmpty();
        store.restart();
        await().until(() ->
                announce(one, Announce.of(LEFT, 7001).seeding()).failure().isEmpty());
        await().until(() -> announce(other, Announce.of(LEFT, 7002)).ports().contains(7001));
    }
}
