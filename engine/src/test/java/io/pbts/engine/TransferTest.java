package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
    @TempDir
    private Path seeding;

    @TempDir
    private Path leeching;

    private TinyTracker tracker;

    @BeforeEach
    void track() {
        tracker = TinyTracker.start();
    }

    @AfterEach
    void untrack() {
        tracker.close();
    }

    @Test
    void movesAFileWithTheTrackerAsTheOnlySourceOfPeers() throws IOException {
        Payload payload = Payload.single("single.bin", 10_000_001, 256 << 10, tracker.url());
        try (Client seeder = Client.start(seeding).seed(payload);
                Client leecher = Client.start(leeching)) {
            Await.until("the seeder has announced", () -> tracker.events().contains("started"));
            leecher.add(payload).await(payload, State.SEEDING);
            assertThat(payload.isIn(leeching)).isTrue();
            assertThat(leecher.verified).hasSize(39);
            assertThat(leecher.sources).allSatisfy(from -> assertThat(from).hasSize(1));
            assertThat(leecher.status(payload).downloaded()).isEqualTo(10_000_001);
            assertThat(leecher.status(payload).wasted()).isZero();
            Await.until("all blocks are counted", () -> seeder.sent.get() == 10_000_001);
            Await.until("the tracker hears of it", () -> tracker.events().contains("completed"));
        }
        assertThat(tracker.events())
                .containsOnlyOnce("completed")
                .contains("started")
                .endsWith("stopped");
        assertThat(tracker.announces().getLast()).containsEntry("compact", "1");
        assertThat(tracker.announces())
                .allSatisfy(asked ->
                        assertThat(asked.get("peer_id")).startsWith("-PB0100-").hasSize(20));
    }

    @Test
    void movesFoldersAndLeavesPaddingOut() throws IOException {
        Payload payload = Payload.padded("folder", 64 << 10, tracker.url(), 100_000, 0, 1, 65_536, 300_000);
        try (Client seeder = Client.start(seeding).seed(payload);
                Client leecher = Client.start(leeching)) {
            leecher.add(payload).meet(payload, seeder).await(payload, State.SEEDING);
        }
        assertThat(payload.isIn(leeching)).isTrue();
        try (var paths = Files.walk(leeching.resolve("folder"))) {
            assertThat(paths.filter(Files::isRegularFile)).hasSize(5);
        }
    }

    @Test
    void movesAHybridTorrentByItsV1HashAndWritesNoPadding() throws Exception {
        Path set = seeding.resolve("set");
        Files.createDirectories(set.resolve("deep"));
        Files.write(set.resolve("deep/a.bin"), Payload.random("a", 200_001));
        Files.write(set.resolve("b.bin"), Payload.random("b", 70_000));
        Files.write(set.resolve("c.bin"), new byte[0]);
        Metainfo hybrid = Metainfo.parse(TorrentCreator.create(
                set, new Wish(Optional.of(tracker.url()), Optional.of(64 << 10), Optional.empty(), true)));
        assertThat(hybrid.v2()).isPresent();
        try (Client seeder = Client.start(seeding);
                Client leecher = Client.start(leeching)) {
            seeder.engine.add(TorrentSource.of(hybrid, seeding));
            Await.until("the seeder has announced", () -> tracker.events().contains("started"));
            leecher.engine.add(TorrentSource.of(hybrid, leeching));
            Await.until("all of it is there", () -> leecher.completed.contains(hybrid.id()));
        }
        for (String file : List.of("deep/a.bin", "b.bin", "c.bin")) {
            assertThat(leeching.resolve("set").resolve(file)).hasSameBinaryContentAs(set.resolve(file));
        }
        assertThat(leeching.resolve("set/.pad")).doesNotExist();
    }

    @Test
    void leechersShareWhatTheyHave() throws IOException {
        Payload payload = Payload.single("shared.bin", 6_000_000, 64 << 10, tracker.url());
        try (Client seeder = Client.start(seeding).seed(payload);
                Client one = Client.start(leeching.resolve("one"));
                Client two = Client.start(leeching.resolve("two"))) {
            one.add(payload).meet(payload, seeder);
            two.add(payload).meet(payload, one);
            one.await(payload, State.SEEDING);
            two.await(payload, State.SEEDING);
            assertThat(payload.isIn(leeching.resolve("one"))).isTrue();
            assertThat(payload.isIn(leeching.resolve("two"))).isTrue();
        }
    }
}
