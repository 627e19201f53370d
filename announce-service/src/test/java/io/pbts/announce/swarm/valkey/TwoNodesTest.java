package io.pbts.announce.swarm.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.TestValkey;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.bencode.BDictionary;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
    private static final Bytes GATED = Bytes.repeat((byte) 0x5C, 20);
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private static TestValkey store;
    private static TrackerFixture one;
    private static TrackerFixture other;

    @BeforeAll
    static void start() {
        store = new TestValkey();
        one = new TrackerFixture("local", settings());
        other = node();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        store.close();
    }

    /** One more, with the database and the reputation-service of the first. */
    private static TrackerFixture node() {
        return new TrackerFixture("local", one.database(), settings());
    }

    private static String[] settings() {
        String swarms = "--pbts.swarm.store=valkey";
        String server = "--pbts.valkey.url=" + store.url();
        return one == null
                ? new String[] {swarms, server}
                : new String[] {
                    swarms,
                    server,
                    "--pbts.admission.reputation-url=" + one.reputation().url()
                };
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
        try {
            Bencoded refused = announce(one, Announce.of(LEFT, 7002));
            assertThat(refused.failure()).isNotEmpty();
            assertThat(refused.integer("interval")).isBetween(1L, 120L);
            assertThat(announce(one, Announce.of(LEFT, 7001).with("event", "stopped"))
                            .failure())
                    .as("whoever leaves is let go")
                    .isEmpty();
        } finally {
            store.restart();
        }
        await().until(() ->
                announce(one, Announce.of(LEFT, 7001).seeding()).failure().isEmpty());
        await().until(() -> announce(other, Announce.of(LEFT, 7002)).ports().contains(7001));
    }

    /** The median of five changes: a machine that is busy with something else says nothing about the tracker. */
    @Test
    void aChangedRatioDecidesAtBothNodesWithinASecond() throws SQLException {
        Passkey passkey = TrackerFixture.newPasskey();
        Announce gamma = Announce.of(GATED, 7001).by(passkey);
        List<Duration> delays = new ArrayList<>();
        for (int change = 0; change < 5; change++) {
            boolean allowed = change % 2 == 0;
            one.reputation().set(1, "gamma", allowed, allowed ? "1.00" : "0.25", allowed ? 0 : 256, passkey);
            long committed = System.nanoTime();
            try (var connection = one.database().superuser();
                    var statement = connection.createStatement()) {
                statement.execute("notify standing_changed");
            }
            for (TrackerFixture node : List.of(one, other)) {
                await().pollInterval(Duration.ofMillis(10)).until(() -> announce(node, gamma)
                        .failure()
                        .map(reason -> reason.startsWith("Insufficient ratio: 0.25"))
                        .orElse(false)
                        .equals(!allowed));
            }
            delays.add(Duration.ofNanos(System.nanoTime() - committed));
        }
        Collections.sort(delays);
        assertThat(delays.get(2)).as("median of %s", delays).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void clientsOfANodeThatEndsUnderLoadFindAllOthersAtTheOtherNodeCountedOnce() throws InterruptedException {
        runLoad(10, Duration.ofSeconds(1));
    }

    @Tag("long")
    @Test
    void clientsOfANodeThatEndsFindAllOthersThroughAMinuteOfLoad() throws InterruptedException {
        runLoad(500, Duration.ofMinutes(1));
    }

    /** Half of the clients announce to a node that ends when half of the time is over; whoever it cuts off goes to the other. */
    private static void runLoad(int swarms, Duration time) throws InterruptedException {
        var load = new AnnouncingClients(one, node(), swarms);
        assertThat(load.run(time)).as("what went wrong").isEmpty();
        assertThat(load.announces()).as("announces answered").isGreaterThan(load.clients());
        for (int client = 0; client < load.clients(); client++) {
            Bencoded answer = announce(one, AnnouncingClients.announce(client));
            assertThat(answer.ports()).hasSize(AnnouncingClients.othersInASwarm());
            assertThat(answer.integer("incomplete")).isEqualTo(AnnouncingClients.othersInASwarm() + 1);
        }
    }
}
