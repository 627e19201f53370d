package io.pbts.announce.wire.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.torrent.Metainfo;
import java.net.InetAddress;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profile production over UDP: the passkey comes in the options of BEP 41, and the rules are those of HTTP. */
class PrivateUdpTest {
    private static final Passkey GOOD = TrackerFixture.newPasskey();
    private static final Passkey SECOND = TrackerFixture.newPasskey();
    private static final Passkey POOR = TrackerFixture.newPasskey();
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static TrackerFixture tracker;
    private static UdpClient client;
    private static Bytes hash;

    @BeforeAll
    static void start() throws Exception {
        tracker = new TrackerFixture(
                "production", "--pbts.tracker.private-networks=127.0.0.0/8", "--pbts.rules.ports-denied=7066");
        tracker.reputation().set(1, "good", true, "1.00", 0, GOOD);
        tracker.reputation().set(2, "poor", false, "0.25", 268_435_456, POOR);
        tracker.reputation().set(3, "second", true, "1.00", 0, SECOND);
        byte[] file = Torrents.ofName("over udp", 1);
        assertThat(tracker.upload(file, "X-PBTS-Passkey", GOOD.value()).statusCode())
                .isEqualTo(201);
        hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
        client = new UdpClient(LOOPBACK, LOOPBACK, tracker.direct().getPort());
    }

    @AfterAll
    static void stop() {
        client.close();
        tracker.close();
    }

    private static Packet peer(int port) {
        return Packet.announce(hash, port);
    }

    private static String url(Passkey passkey) {
        return "/" + passkey.value() + "/announce";
    }

    @Test
    void findsThePasskeyInTheUrlOfTheOptions() {
        assertThat(client.announce(peer(7001).left(0).url(url(GOOD))).action()).isEqualTo(1);
        assertThat(client.announce(peer(7002).url(url(SECOND))).ports(6)).containsExactly(7001);
    }

    @Test
    void putsTogetherWhatSeveralOptionsSayAndSkipsOthers() {
        String url = url(GOOD);
        Packet split = peer(7003)
                .raw(1, 1)
                .url(url.substring(0, 7))
                .option(77, new byte[] {1, 2, 3})
                .url(url.substring(7))
                .raw(0, 2, 255);
        assertThat(client.announce(split).action()).isEqualTo(1);
    }

    @Test
    void findsThePasskeyAsAParameterToo() {
        assertThat(client.announce(peer(7004).url("/announce?passkey=" + GOOD.value()))
                        .action())
                .isEqualTo(1);
        assertThat(client.announce(peer(7004).url("/announce/" + GOOD.value())).action())
                .isEqualTo(1);
    }

    @Test
    void refusesInTheWordsOfHttp() {
        assertThat(client.announce(peer(7005)).error()).isEqualTo("Passkey missing");
        assertThat(client.announce(peer(7005).url("/announce")).error()).isEqualTo("Passkey missing");
        assertThat(client.announce(peer(7005).url(url(TrackerFixture.newPasskey())))
                        .error())
                .isEqualTo("Unknown passkey");
        assertThat(client.announce(peer(7005).url(url(POOR))).error())
                .isEqualTo("Insufficient ratio: 0.25 < 0.50; seed 268435456 more bytes");
        assertThat(client.announce(Packet.announce(hash.not(), 7005).url(url(GOOD)))
                        .error())
                .isEqualTo("Unregistered torrent");
        assertThat(client.announce(Packet.announce(hash.not(), 7005).event(3).url(url(GOOD)))
                        .action())
                .as("leaving it")
                .isEqualTo(1);
    }

    @Test
    void turnsAwayAPortThatIsNotWelcomeButLetsItLeave() {
        assertThat(client.announce(peer(7066).url(url(GOOD))).error()).startsWith("Your client's port is not allowed");
        assertThat(client.announce(peer(7066).event(3).url(url(GOOD))).action()).isEqualTo(1);
    }

    @Test
    void refusesAFourthPlaceOfAnAccountInASwarmButLetsItLeave() {
        Passkey busy = TrackerFixture.newPasskey();
        tracker.reputation().set(10, "busy", true, "1.00", 0, busy);
        for (int port = 7101; port <= 7103; port++) {
            assertThat(client.announce(peer(port).url(url(busy))).action()).isEqualTo(1);
        }
        assertThat(client.announce(peer(7104).url(url(busy))).error()).startsWith("You are in this swarm with as many");
        assertThat(client.announce(peer(7104).event(3).url(url(busy))).action()).isEqualTo(1);
        assertThat(client.announce(peer(7101).event(1).left(0).url(url(busy))).action())
                .isEqualTo(1);
    }

    @Test
    void tellsWhatAnAccountsClientsAdd() {
        Passkey counted = TrackerFixture.newPasskey();
        tracker.reputation().set(11, "counted", true, "1.00", 0, counted);
        client.announce(peer(7201).moved(10, 20).url(url(counted)));
        client.announce(peer(7201).moved(15, 29).event(3).url(url(counted)));
        await().untilAsserted(() ->
                assertThat(tracker.reputation().announced(11, "downloaded")).isEqualTo(9));
        assertThat(tracker.reputation().announced(11, "uploaded")).isEqualTo(5);
    }

    @Test
    void hasNoRoomForAPasskeyInAScrape() {
        assertThat(client.scrape(client.connect(), hash).error()).isEqualTo("Passkey missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 33})
    void ignoresOptionsThatPromiseMoreThanThereIs(int present) {
        Packet cut = peer(7006).raw(2, 42).raw(new int[present]);
        assertThat(client.announce(cut).error()).isEqualTo("Passkey missing");
    }

    @Test
    void asksForAPasskeyThatItDoesNotKnowYetAndAnswersThen() {
        Passkey fresh = TrackerFixture.newPasskey();
        tracker.reputation().feedSilent(true);
        try {
            tracker.reputation().set(9, "fresh", true, "1.00", 0, fresh);
            assertThat(client.announce(peer(7009).url(url(fresh))).action()).isEqualTo(1);
        } finally {
            tracker.reputation().feedSilent(false);
        }
    }
}
