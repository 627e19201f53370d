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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Two programs on two hosts, and a tracker that is all they have to find each other by. */
final class Transfer {
    private static final int PIECE = 256 * 1024;
    private static final int LAST_LINES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SwarmNet net;
    private final Stack stack;
    private final Path folder;

    Transfer(SwarmNet net, Stack stack, Path folder) {
        this.net = net;
        this.stack = stack;
        this.folder = folder;
    }

    /** By which addresses peers are seen. */
    enum Family {
        V4,
        V6;

        String peer(int host) {
            String address = this == V4 ? SwarmNet.v4(host) : SwarmNet.v6(host);
            return InetAddress.ofLiteral(address).getHostAddress() + ":" + TorrentProgram.PORT;
        }
    }

    /** Who moved what, in the end. */
    record Moved(Member seeder, Member leecher, Dataset data) {}

    /**
     * Moves a registered private torrent from the first program to the second.
     *
     * @param base of announce URLs, up to where the passkey follows
     */
    Moved run(String name, TorrentProgram from, TorrentProgram to, String base, Family family, long length)
            throws IOException {
        Http gateway = stack.gateway();
        Member seeder = Member.register(gateway, name + "-seeder");
        Member leecher = Member.register(gateway, name + "-leecher");
        Member observer = Member.register(gateway, name + "-observer");
        Path seeding = Files.createDirectories(folder.resolve(name + "-seeding"));
        Path leeching = Files.createDirectories(folder.resolve(name + "-leeching"));
        Dataset data = Dataset.create(seeding, name + ".bin", length, PIECE, base + seeder.passkey() + "/announce");
        data.registerAs(seeder).expect(201);
        data.registerAs(seeder).expect(200);
        Tracker tracker = observer.tracker();
        assertThat(tracker.scrape(data.infoHash())).isEqualTo(new Tracker.Swarm(0, 0));

        Process upload = from.start(net, 1, data.torrent(), seeding);
        Process download = null;
        try {
            awaitSwarm(tracker, data, new Tracker.Swarm(1, 0)::equals, "the seeder is in the swarm");
            Path forLeecher =
                    data.announcedAt(base + leecher.passkey() + "/announce", leeching.resolve("mine.torrent"));
            download = to.start(net, 2, forLeecher, leeching);
            // It may be a seeder already when we look.
            awaitSwarm(
                    tracker, data, swarm -> swarm.complete() + swarm.incomplete() == 2, "the leecher is in the swarm");
            assertThat(peersSeenBy(observer, data))
                    .contains(family.peer(1), family.peer(2))
                    .noneMatch(peer -> peer.startsWith(SwarmNet.GATEWAY_V4) || peer.startsWith("127."));
            awaitSwarm(tracker, data, new Tracker.Swarm(2, 0)::equals, "the leecher has become a seeder");
            assertThat(sha256(leeching.resolve(name + ".bin"))).isEqualTo(data.sha256());
            return new Moved(seeder, leecher, data);
        } catch (AssertionError failed) {
            throw new AssertionError(failed.getMessage() + said(seeding) + said(leeching), failed);
        } finally {
            TorrentProgram.stop(upload);
            if (download != null) {
                TorrentProgram.stop(download);
            }
        }
    }

    /** What the program of this folder logged. */
    private static String said(Path folder) throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                List<String> lines = Files.readAllLines(log);
                text.append("\n").append(log.getFileName()).append(":\n");
                text.append(String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
            }
        }
        return text.toString();
    }

    private static void awaitSwarm(Tracker tracker, Dataset data, Predicate<Tracker.Swarm> fits, String what) {
        Await.until(what, PATIENCE, () -> tracker.scrape(data.infoHash()), fits);
    }

    private static List<String> peersSeenBy(Member observer, Dataset data) {
        var peers = Tracker.peers(observer.tracker().announce(data.infoHash(), 6999, "&left=1&event=started"));
        observer.tracker().announce(data.infoHash(), 6999, "&left=1&event=stopped");
        return peers;
    }

    static String sha256(Path file) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
