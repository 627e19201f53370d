package io.pbts.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.SocketClient;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.support.testing.ManagementPort;
import java.net.InetAddress;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What probes and scrapers see of the tracker. */
class ManagementPortTest {
    private static final String REQUESTS = "pbts_tracker_requests_total";
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Passkey GOOD = TrackerFixture.newPasskey();
    private static final Passkey POOR = TrackerFixture.newPasskey();
    private static final Bytes UNREGISTERED = Bytes.fromHexString("0x" + "ab".repeat(20));
    private static TrackerFixture tracker;
    private static Bytes hash;

    private ManagementPort port;

    @BeforeAll
    static void start() throws Exception {
        tracker = new TrackerFixture(
                "production",
                "--management.server.port=0",
                "--management.endpoints.web.exposure.include=health,prometheus",
                "--spring.datasource.hikari.connection-timeout=300",
                "--pbts.tracker.private-networks=127.0.0.0/8",
                "--pbts.rules.clients-denied=-XL");
        tracker.reputation().set(1, "good", true, "1.00", 0, GOOD);
        tracker.reputation().set(2, "poor", false, "0.25", 268_435_456, POOR);
        byte[] file = Torrents.ofName("counted", 1);
        assertThat(tracker.upload(file, "X-PBTS-Passkey", GOOD.value()).statusCode())
                .isEqualTo(201);
        hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    @BeforeEach
    void find() {
        port = tracker.management();
    }

    private double counted(String protocol, String outcome) {
        return port.metric(REQUESTS, "protocol=\"" + protocol + "\"", "outcome=\"" + outcome + "\"");
    }

    /** A request and what it counts as. */
    private record Case(String outcome, String target) {}

    @Test
    void countsEveryHttpRequestOnceByItsOutcome() {
        Passkey stranger = TrackerFixture.newPasskey();
        List<Case> cases = List.of(
                new Case("announced", good().target()),
                new Case("announced", unwelcome().event("stopped").target()),
                new Case("scraped", "/" + GOOD.value() + "/scrape?info_hash=" + Announce.escaped(hash)),
                new Case("no_passkey", Announce.of(hash, 1001).target()),
                new Case("unknown_passkey", Announce.of(hash, 1001).by(stranger).target()),
                new Case(
                        "unregistered_torrent",
                        Announce.of(UNREGISTERED, 1001).by(GOOD).target()),
                new Case("low_ratio", Announce.of(hash, 1002).by(POOR).target()),
                new Case("client_not_allowed", unwelcome().target()),
                new Case("malformed", good().without("port").target()),
                new Case("malformed", "/no/such/path"));
        for (Case each : cases) {
            double before = counted("http", each.outcome());
            double all = port.metric(REQUESTS, "protocol=\"http\"");
            tracker.get(each.target());
            assertThat(counted("http", each.outcome())).as("%s", each).isEqualTo(before + 1);
            assertThat(port.metric(REQUESTS, "protocol=\"http\""))
                    .as("%s", each)
                    .isEqualTo(all + 1);
        }
    }

    private static Announce good() {
        return Announce.of(hash, 1001).by(GOOD);
    }

    private static Announce unwelcome() {
        return good().with("peer_id", "-XL0012-000000000001");
    }

    @Test
    void countsDatagramsAndMessagesByTheirOwnProtocol() throws Exception {
        double datagrams = counted("udp", "announced");
        double forged = counted("udp", "wrong_connection");
        try (var client = new UdpClient(LOOPBACK, LOOPBACK, tracker.direct().getPort())) {
            var packet = Packet.announce(hash, 7001).url("/" + GOOD.value() + "/announce");
            client.announce(packet);
            client.ask(packet.bytes(12345L));
        }
        assertThat(counted("udp", "announced")).isEqualTo(datagrams + 1);
        assertThat(counted("udp", "wrong_connection")).isEqualTo(forged + 1);

        double messages = counted("websocket", "low_ratio");
        try (var client = new SocketClient(tracker.direct().getPort(), "/" + POOR.value() + "/announce", 1)) {
            client.ask(client.announce(hash, 7, 0));
        }
        assertThat(counted("websocket", "low_ratio")).isEqualTo(messages + 1);
    }

    /** A pod that is taken out or started again for its database would help nobody: what is known goes on. */
    @Test
    void livesIsReadyAndTakesAnnouncesOfMembersItKnowsWithoutTheDatabase() throws Exception {
        tracker.get(good().target());
        tracker.database().goAway();
        try {
            assertThat(port.health("liveness")).isEqualTo(200);
            assertThat(port.health("readiness")).isEqualTo(200);
            assertThat(tracker.get(good().target()).body().failure()).isEmpty();
        } finally {
            tracker.database().comeBack();
        }
    }

    @Test
    void exposesWhatAlertsAndDashboardsAskFor() {
        port.exposesWhatIsWrittenOf("every", "servlet", "database", "announce");
    }
}
