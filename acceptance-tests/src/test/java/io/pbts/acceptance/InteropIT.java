package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.acceptance.Transfer.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More software that nobody here wrote, at announce-service's own port: every protocol, both families, and what its users are shown. */
@NeedsRealClients
class InteropIT extends RealClients {
    private static final long LENGTH = 8L << 20;
    private static final int PIECE = 256 * 1024;
    private static final Duration SHOWN = Duration.ofSeconds(30);
    private static final String NOBODYS_KEY = "abcdefghijklmnopqrstuvwxyz234567";

    private String direct(String scheme, String host) {
        return "%s://%s:%d/".formatted(scheme, host, stack().announcePort());
    }

    @Test
    void qBittorrentSeedsToLibtorrentOverUdp() throws Exception {
        String base = direct("udp", SwarmNet.GATEWAY_V4);
        transfer().run("q2l", TorrentProgram.QBITTORRENT, TorrentProgram.LIBTORRENT_V4, base, Family.V4, LENGTH);
    }

    @Test
    void libtorrentSeedsToQBittorrentOverHttp() throws Exception {
        String base = direct("http", SwarmNet.GATEWAY_V4);
        transfer().run("l2q", TorrentProgram.LIBTORRENT_V4, TorrentProgram.QBITTORRENT, base, Family.V4, LENGTH);
    }

    @Test
    void libtorrentSeedsToAria2OverHttpOnIpv6() throws Exception {
        String base = direct("http", "[" + SwarmNet.GATEWAY_V6 + "]");
        transfer().run("l2a6", TorrentProgram.LIBTORRENT_V6, TorrentProgram.ARIA2, base, Family.V6, LENGTH);
    }

    @Test
    void libtorrentSeedsToLibtorrentThroughTheGatewayOnIpv6() throws Exception {
        String base = "http://[%s]:%d/".formatted(SwarmNet.GATEWAY_V6, stack().port());
        transfer().run("l2lg", TorrentProgram.LIBTORRENT_V6, TorrentProgram.LIBTORRENT_V6, base, Family.V6, LENGTH);
    }

    @Test
    void libtorrentSeedsToLibtorrentOverUdpOnIpv6() throws Exception {
        String base = direct("udp", "[" + SwarmNet.GATEWAY_V6 + "]");
        transfer().run("l2l6", TorrentProgram.LIBTORRENT_V6, TorrentProgram.LIBTORRENT_V6, base, Family.V6, LENGTH);
    }

    @Test
    void transmissionSeedsAtTheTrackersOwnPort() throws Exception {
        Member seeder = Member.register(stack().gateway(), "direct-seeder");
        Member observer = Member.register(stack().gateway(), "direct-observer");
        Path seeding = Files.createDirectories(folder().resolve("direct-seeding"));
        String announce = direct("http", SwarmNet.GATEWAY_V4) + seeder.passkey() + "/announce";
        Dataset data = Dataset.create(seeding, "direct.bin", PIECE, PIECE, announce);
        data.registerAs(seeder).expect(201);
        Process client = TorrentProgram.TRANSMISSION.start(net(), 1, data.torrent(), seeding);
        try {
            awaitSwarm(observer, data, 1, 0);
            assertThat(Tracker.peers(observer.tracker().announce(data.infoHash(), 6999, "&left=1")))
                    .containsExactly(Family.V4.peer(1));
        } finally {
            TorrentProgram.stop(client);
        }
    }

    /** At the tracker's own port; each stop takes it out of the swarm, and each start puts it back, counted once. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void bittorrentTrackersClientStopsAndResumes(String scheme) throws Exception {
        Member member = Member.register(stack().gateway(), "node-" + scheme);
        Dataset data = dataset("node-" + scheme, "http://tracker.invalid/announce", member);
        try (var client = new NodeClient(
                direct(scheme, "127.0.0.1") + member.passkey() + "/announce", data.infoHash(), 6885, PIECE)) {
            for (int turn = 0; turn < 2; turn++) {
                client.tell("start");
                assertThat(client.hears("incomplete").path("incomplete").asInt())
                        .isEqualTo(1);
                if (scheme.equals("http")) {
                    awaitSwarm(member, data, 0, 1);
                }
                client.tell("stop");
                assertThat(client.hears("incomplete").path("incomplete").asInt())
                        .isZero();
            }
        }
    }

    /** It does not send the path of its URL (BEP 41), so over UDP it has no passkey, and is told so. */
    @Test
    void bittorrentTrackersClientAnnouncesOverUdpWhereNobodyNeedsAPasskey() throws Exception {
        Member member = Member.register(stack().gateway(), "node-udp");
        Dataset data = dataset("node-udp", "http://tracker.invalid/announce", member);
        String refusing = direct("udp", "127.0.0.1") + member.passkey() + "/announce";
        try (var client = new NodeClient(refusing, data.infoHash(), 6886, PIECE)) {
            client.tell("start");
            assertThat(client.hears("warning").path("warning").asString()).contains("Passkey missing");
        }
        String open = "udp://127.0.0.1:%d/announce".formatted(LocalStack.get().announcePort());
        try (var client = new NodeClient(open, data.infoHash(), 6886, PIECE)) {
            for (int turn = 0; turn < 2; turn++) {
                client.tell("start");
                assertThat(client.hears("incomplete").path("incomplete").asInt())
                        .isEqualTo(1);
                client.tell("stop");
                assertThat(client.hears("incomplete").path("incomplete").asInt())
                        .isZero();
            }
        }
    }

    private static void awaitSwarm(Member observer, Dataset data, int complete, int incomplete) {
        Await.until(
                "the swarm",
                SHOWN,
                () -> observer.tracker().scrape(data.infoHash()),
                new Tracker.Swarm(complete, incomplete)::equals);
    }

    @Test
    void qBittorrentShowsThatItsPasskeyIsWrong() throws Exception {
        Member owner = Member.register(stack().gateway(), "shown-owner");
        String base = direct("http", SwarmNet.GATEWAY_V4);
        Dataset data = dataset("wrong", base + NOBODYS_KEY + "/announce", owner);
        assertThat(shownByQBittorrent(data)).isEqualTo("Unknown passkey");
    }

    @Test
    void qBittorrentShowsAMemberWhoOwesHowMuchItHasToSeed() throws Exception {
        Member giver = Member.register(stack().gateway(), "owed-giver");
        Member taker = Member.register(stack().gateway(), "owed-taker");
        Path there = Files.createDirectories(folder().resolve("owed"));
        int pieces = 256;
        Dataset owed =
                Dataset.create(there, "owed.bin", (long) pieces * PIECE, PIECE, "http://tracker.invalid/announce");
        owed.registerAs(giver).expect(201);
        var receipts = owed.receipts(stack().gateway(), giver, taker, 0, pieces, Report.now());
        assertThat(Report.of(giver.report(receipts)).codes()).containsOnly("credited");
        Dataset data = dataset("wanted", direct("http", SwarmNet.GATEWAY_V4) + taker.passkey() + "/announce", giver);
        assertThat(shownByQBittorrent(data)).isEqualTo("Insufficient ratio: 0.25 < 0.50; seed 16777216 more bytes");
    }

    private Dataset dataset(String name, String announce, Member owner) throws Exception {
        Path elsewhere = Files.createDirectories(folder().resolve(name + "-made"));
        Dataset data = Dataset.create(elsewhere, name + ".bin", PIECE, PIECE, announce);
        data.registerAs(owner).expect(201);
        return data;
    }

    private String shownByQBittorrent(Dataset data) throws Exception {
        Path empty = Files.createDirectories(folder().resolve(data.infoHash()));
        Process client = QBittorrent.start(net(), 3, data.torrent(), empty);
        try {
            return Await.until(
                    "qBittorrent shows what its tracker said",
                    SHOWN,
                    () -> QBittorrent.trackerMessage(3, data.infoHash()),
                    shown -> !shown.isEmpty());
        } finally {
            TorrentProgram.stop(client);
        }
    }
}
