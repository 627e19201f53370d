package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Software that nobody here wrote moves a registered private torrent; the gateway's passkey URL is its only source of peers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no BitTorrent clients or no root, says so in its summary, and fails in CI")
class TransferIT {
    private static final long LENGTH = 64L << 20;
    private static final int PIECE = 256 * 1024;

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

    @Test
    void transmissionSeedsToAria2OverIpv4AndTheReceiptsMoveExactlyTheTorrentsBytes() throws Exception {
        Moved moved =
                transfer("t2a", TorrentProgram.TRANSMISSION, TorrentProgram.ARIA2, SwarmNet.GATEWAY_V4, Family.V4);
        Dataset data = moved.data();
        var receipts = data.receipts(
                stack.gateway(),
                moved.seeder(),
                moved.leecher(),
                0,
                data.pieces().size(),
                Report.now());

        Report first = Report.of(moved.seeder().report(receipts));
        assertThat(first.codes()).hasSize(data.pieces().size()).containsOnly("credited");
        assertThat(moved.seeder().uploaded()).isEqualTo(LENGTH);
        assertThat(moved.leecher().downloaded()).isEqualTo(LENGTH);

        Report again = Report.of(moved.seeder().report(receipts));
        assertThat(again.codes()).containsOnly("duplicate");
        assertThat(again.credited()).isZero();
        assertThat(moved.seeder().uploaded()).isEqualTo(LENGTH);
        assertThat(moved.seeder().downloaded()).isZero();
        assertThat(moved.leecher().downloaded()).isEqualTo(LENGTH);
        assertThat(moved.leecher().uploaded()).isZero();
    }

    @Test
    void aria2SeedsToTransmissionOverIpv6() throws Exception {
        transfer("a2t", TorrentProgram.ARIA2, TorrentProgram.TRANSMISSION, "[" + SwarmNet.GATEWAY_V6 + "]", Family.V6);
    }

    private enum Family {
        V4,
        V6;

        String peer(int host) {
            String address = this == V4 ? SwarmNet.v4(host) : SwarmNet.v6(host);
            return InetAddress.ofLiteral(address).getHostAddress() + ":" + TorrentProgram.PORT;
        }
    }

    private record Moved(Member seeder, Member leecher, Dataset data) {}

    private Moved transfer(
            String name, TorrentProgram seederProgram, TorrentProgram leecherProgram, String gatewayHost, Family family)
            throws IOException {
        Http gateway = stack.gateway();
        Member seeder = Member.register(gateway, name + "-seeder");
        Member leecher = Member.register(gateway, name + "-leecher");
        Member observer = Member.register(gateway, name + "-observer");
        Path seeding = Files.createDirectories(folder.resolve(name + "-seeding"));
        Path leeching = Files.createDirectories(folder.resolve(name + "-leeching"));
        String base = "http://%s:%d/".formatted(gatewayHost, stack.port());
        Dataset data = Dataset.create(seeding, name + ".bin", LENGTH, PIECE, base + seeder.passkey() + "/announce");
        data.registerAs(seeder).expect(201);
        data.registerAs(seeder).expect(200);
        Tracker tracker = observer.tracker();
        assertThat(tracker.scrape(data.infoHash())).isEqualTo(new Tracker.Swarm(0, 0));

        Process upload = seederProgram.start(net, 1, data.torrent(), seeding);
        Process download = null;
        try {
            awaitSwarm(tracker, data, 1, 0, "the seeder is in the swarm");
            Path forLeecher =
                    data.announcedAt(base + leecher.passkey() + "/announce", leeching.resolve("mine.torrent"));
            download = leecherProgram.start(net, 2, forLeecher, leeching);
            awaitSwarm(tracker, data, 1, 1, "the leecher is in the swarm");
            assertThat(peersSeenBy(observer, data))
                    .contains(family.peer(1), family.peer(2))
                    .noneMatch(peer -> peer.startsWith(SwarmNet.GATEWAY_V4) || peer.startsWith("127."));
            awaitSwarm(tracker, data, 2, 0, "the leecher has become a seeder");
            assertThat(sha256(leeching.resolve(name + ".bin"))).isEqualTo(data.sha256());
            return new Moved(seeder, leecher, data);
        } finally {
            TorrentProgram.stop(upload);
            if (download != null) {
                TorrentProgram.stop(download);
            }
        }
    }

    private static void awaitSwarm(Tracker tracker, Dataset data, int complete, int incomplete, String what) {
        Await.until(
                what,
                Duration.ofSeconds(90),
                () -> tracker.scrape(data.infoHash()),
                new Tracker.Swarm(complete, incomplete)::equals);
    }

    private static List<String> peersSeenBy(Member observer, Dataset data) {
        var peers = Tracker.peers(observer.tracker().announce(data.infoHash(), 6999, "&left=1&event=started"));
        observer.tracker().announce(data.infoHash(), 6999, "&left=1&event=stopped");
        return peers;
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
