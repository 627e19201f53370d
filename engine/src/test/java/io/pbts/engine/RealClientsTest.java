package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * qBittorrent and Transmission, each on a host of its own, and two engines that exchange receipts. Each client has four
 * torrents at the same time: by IPv4 and by IPv6, one that it gets from us, one that we get from it. In each the client knows
 * one of our engines alone, and the other engine gets everything from that one, beside the client.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no BitTorrent clients or no root, says so in its summary, and fails in CI")
class RealClientsTest {
    private static final int LENGTH = (2 << 20) - 17;
    private static final int PIECE = 256 << 10;
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 7));
    private static final BlsSecretKey OURS = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x3"));
    private static final BlsSecretKey BESIDE = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x2"));

    /** A torrent that one side has at the beginning. */
    private record Share(Payload payload, boolean weGive, String gateway) {}

    /** A client and its torrents. */
    private record Guest(Host host, Path folder, List<Share> shares) {}

    @TempDir
    private static Path folder;

    private final List<Earned> kept = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TinyTracker tracker;
    private Guest qBittorrent;
    private Guest transmission;
    private Engine ours;
    private Engine beside;

    @BeforeAll
    void begin() throws IOException, InterruptedException {
        tracker = opened(TinyTracker.startAt("::"));
        qBittorrent = guest(0, "qbittorrent");
        transmission = guest(1, "transmission");
        startTransmission();
        startQBittorrent();
        ours = engine(OURS, "ours");
        beside = engine(BESIDE, "beside");
        Await.until(
                () -> "the clients have announced " + tracker.events(),
                () -> tracker.events().stream().filter("started"::equals).count() == shares().size());
        for (Share share : shares()) {
            Path there = folder.resolve("ours");
            ours.add(share.payload().in(share.weGive() ? share.payload().writeTo(there) : there));
            await(ours, share, share.weGive() ? State.SEEDING : State.DOWNLOADING);
            // Transmission takes one call at a time from an address.
            Await.until(share.payload().name() + " is shared", () -> isShared(share));
            beside.add(new TorrentSource(
                    share.payload().metainfo(), folder.resolve("beside"), List.of(), Optional.empty()));
            InetAddress gateway = InetAddress.ofLiteral(share.gateway());
            beside.addPeers(
                    share.payload().metainfo().id(),
                    List.of(new InetSocketAddress(gateway, ours.address().getPort())));
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.addFirst(resource);
        return resource;
    }

    private Guest guest(int which, String name) throws IOException, InterruptedException {
        Host host = opened(new Host(which));
        Path theirs = Files.createDirectories(folder.resolve(name));
        List<Share> shares = new ArrayList<>();
        for (String gateway : List.of(host.gatewayV4(), host.gatewayV6())) {
            for (boolean weGive : List.of(true, false)) {
                String called = "%s-%s-%d.bin".formatted(name, weGive ? "takes" : "gives", shares.size());
                Payload payload = Payload.single(called, LENGTH, PIECE, tracker.urlAt(gateway));
                if (!weGive) {
                    payload.writeTo(theirs);
                }
                shares.add(new Share(payload, weGive, gateway));
            }
        }
        return new Guest(host, theirs, shares);
    }

    private Engine engine(BlsSecretKey key, String name) throws IOException {
        var exchange = opened(new ReceiptExchange(
                new ReceiptSigner.OfBls(key), DOMAIN, ReceiptPolicy.of(Ordinary.PREFER), kept::add, Clock.systemUTC()));
        shares().forEach(share -> exchange.cover(share.payload().metainfo()));
        EngineSettings settings = EngineSettings.of(
                new InetSocketAddress(0),
                Files.createDirectories(folder.resolve(name)).resolve("state"));
        return opened(Engine.start(exchange.announcedIn(settings), exchange, exchange));
    }

    private List<Share> shares() {
        List<Share> all = new ArrayList<>(qBittorrent.shares());
        all.addAll(transmission.shares());
        return all;
    }

    private static Path torrent(Share share, Path where) throws IOException {
        return Files.write(
                where.resolve(share.payload().name() + ".torrent"),
                share.payload().torrent());
    }

    private void startQBittorrent() throws IOException {
        Path profile = qBittorrent.folder().resolve("profile");
        Path settings = Files.createDirectories(profile.resolve("qBittorrent/config"));
        Files.writeString(settings.resolve("qBittorrent.conf"), """
                [LegalNotice]
                Accepted=true
                [BitTorrent]
                Session\\DHTEnabled=false
                Session\\LSDEnabled=false
                Session\\PeXEnabled=false
                Session\\QueueingSystemEnabled=false
                Session\\BTProtocol=TCP
                Session\\Interface=eth0
                Session\\InterfaceName=eth0
                [Network]
                PortForwardingEnabled=false
                """);
        List<String> command = new ArrayList<>(List.of(
                "env",
                "HOME=" + profile,
                "qbittorrent-nox",
                "--profile=" + profile,
                "--save-path=" + qBittorrent.folder(),
                "--skip-dialog=true"));
        for (Share share : qBittorrent.shares()) {
            command.add(torrent(share, profile).toString());
        }
        qBittorrent.host().run(folder.resolve("qbittorrent.log"), command);
    }

    private void startTransmission() throws IOException {
        Path config = Files.createDirectories(transmission.folder().resolve("config"));
        Path watched = Files.createDirectories(config.resolve("watched"));
        Files.writeString(config.resolve("settings.json"), """
                {"dht-enabled": false, "lpd-enabled": false, "pex-enabled": false, "utp-enabled": false,
                 "port-forwarding-enabled": false, "rpc-enabled": false, "incomplete-dir-enabled": false,
                 "watch-dir-enabled": true, "watch-dir": "%s", "download-dir": "%s"}
                """.formatted(watched, transmission.folder()));
        for (Share share : transmission.shares()) {
            torrent(share, watched);
        }
        transmission
                .host()
                .run(folder.resolve("transmission.log"), List.of("transmission-daemon", "-f", "-g", config.toString()));
    }

    @AfterAll
    void end() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private boolean isShared(Share share) {
        TorrentStatus status = ours.status(share.payload().metainfo().id()).orElseThrow();
        return status.peers() > 0 || status.uploaded() > 0 || status.downloaded() > 0;
    }

    private static void await(Engine engine, Share share, State state) {
        Await.until(
                share.payload().name() + " is " + state,
                () -> engine.status(share.payload().metainfo().id())
                                .orElseThrow()
                                .state()
                        == state);
    }

    private static boolean isIn(Share share, Path there) {
        try {
            return share.payload().isIn(there);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void taken(Guest by) {
        for (Share share : by.shares()) {
            if (share.weGive()) {
                Await.until(share.payload().name() + " is there", () -> isIn(share, by.folder()));
            }
        }
    }

    private void given(Guest by) {
        for (Share share : by.shares()) {
            if (!share.weGive()) {
                await(ours, share, State.SEEDING);
                assertThat(isIn(share, folder.resolve("ours"))).isTrue();
            }
        }
    }

    @Test
    void qBittorrentTakesWhatWeSeed() {
        taken(qBittorrent);
    }

    @Test
    void qBittorrentGivesWhatItSeeds() {
        given(qBittorrent);
    }

    @Test
    void transmissionTakesWhatWeSeed() {
        taken(transmission);
    }

    @Test
    void transmissionGivesWhatItSeeds() {
        given(transmission);
    }

    @Test
    void whoSignsGetsAllOfItBesideThemAndSignsForEachPieceOnce() {
        for (Share share : shares()) {
            await(beside, share, State.SEEDING);
            assertThat(isIn(share, folder.resolve("beside"))).isTrue();
        }
        int pieces = shares().size() * (LENGTH / PIECE + 1);
        Await.until("all pieces are signed for", () -> receipts().size() == pieces);
        assertThat(receipts()).allSatisfy(one -> assertThat(one.receiver())
                .isEqualTo(BESIDE.publicKey().accountKey()));
        assertThat(receipts().stream().map(one -> one.infoHash() + " " + one.index()))
                .doesNotHaveDuplicates();
        assertThat(receipts().stream().mapToLong(one -> one.length().bytes()).sum())
                .isEqualTo((long) shares().size() * LENGTH);
    }

    private List<ReceiptV2> receipts() {
        return kept.stream().map(Earned::receipts).flatMap(List::stream).toList();
    }
}
