package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.acceptance.Transfer.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** More software that nobody here wrote, at announce-service's own port: every protocol, both families, and what its users are shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no BitTorrent clients or no root, says so in its summary, and fails in CI")
class InteropIT {
    private static final long LENGTH = 8L << 20;
    private static final int PIECE = 256 * 1024;
    private static final Duration SHOWN = Duration.ofSeconds(30);
    private static final String NOBODYS_KEY = "abcdefghijklmnopqrstuvwxyz234567";

    @TempDir
    private Path folder;

    private SwarmNet net;
    private Stack stack;

    @BeforeAll
    void connect() {
        stack = ProductionStack.get();
        net = new SwarmNet();
    }

    @AfterAll
    void disconnect() {
        net.close();
    }

    private Transfer transfer() {
        return new Transfer(net, stack, folder);
    }

    private String direct(String scheme, String host) {
        return "%s://%s:%d/".formatted(scheme, host, stack.announcePort());
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
        String base = "http://[%s]:%d/".formatted(SwarmNet.GATEWAY_V6, stack.port());
        transfer().run("l2lg", TorrentProgram.LIBTORRENT_V6, TorrentProgram.LIBTORRENT_V6, base, Family.V6, LENGTH);
    }

    @Test
    void libtorrentSeedsToLibtorrentOverUdpOnIpv6() throws Exception {
        String base = direct("udp", "[" + SwarmNet.GATEWAY_V6 + "]");
        transfer().run("l2l6", TorrentProgram.LIBTORRENT_V6, TorrentProgram.LIBTORRENT_V6, base, Family.V6, LENGTH);
    }

    @Test
    void qBittorrentShowsThatItsPasskeyIsWrong() throws Exception {
        Member owner = Member.register(stack.gateway(), "shown-owner");
        String base = direct("http", SwarmNet.GATEWAY_V4);
        Dataset data = dataset("wrong", base + NOBODYS_KEY + "/announce", owner);
        assertThat(shownByQBittorrent(data)).isEqualTo("Unknown passkey");
    }

    @Test
    void qBittorrentShowsAMemberWhoOwesHowMuchItHasToSeed() throws Exception {
        Member giver = Member.register(stack.gateway(), "owed-giver");
        Member taker = Member.register(stack.gateway(), "owed-taker");
        Path there = Files.createDirectories(folder.resolve("owed"));
        int pieces = 256;
        Dataset owed =
                Dataset.create(there, "owed.bin", (long) pieces * PIECE, PIECE, "http://tracker.invalid/announce");
        owed.registerAs(giver).expect(201);
        var receipts = owed.receipts(stack.gateway(), giver, taker, 0, pieces, Report.now());
        assertThat(Report.of(giver.report(receipts)).codes()).containsOnly("credited");
        Dataset data = dataset("wanted", direct("http", SwarmNet.GATEWAY_V4) + taker.passkey() + "/announce", giver);
        assertThat(shownByQBittorrent(data)).isEqualTo("Insufficient ratio: 0.25 < 0.50; seed 16777216 more bytes");
    }

    private Dataset dataset(String name, String announce, Member owner) throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve(name + "-made"));
        Dataset data = Dataset.create(elsewhere, name + ".bin", PIECE, PIECE, announce);
        data.registerAs(owner).expect(201);
        return data;
    }

    private String shownByQBittorrent(Dataset data) throws Exception {
        Path empty = Files.createDirectories(folder.resolve(data.infoHash()));
        Process client = QBittorrent.start(net, 3, data.torrent(), empty);
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
