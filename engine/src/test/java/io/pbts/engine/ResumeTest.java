package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    private static final int LENGTH = 5_000_000;
    private static final int PIECE = 64 << 10;

    @TempDir
    private Path seeding;

    @TempDir
    private Path leeching;

    private final Payload payload = Payload.single("resumed.bin", LENGTH, PIECE, "http://127.0.0.1:9/announce");
    private Client seeder;

    @BeforeEach
    void seed() throws IOException {
        seeder = Client.start(seeding).seed(payload);
    }

    @AfterEach
    void stop() {
        seeder.close();
    }

    /** Downloads a part, closes at once, and answers how many pieces were reported. */
    private int download(int atLeast) throws IOException {
        Client leecher = Client.start(leeching, settings -> settings.withLimits(0, 4_000_000), ServeGate.OPEN);
        leecher.add(payload).meet(payload, seeder);
        Await.until("some pieces are there", () -> leecher.verified.size() >= atLeast);
        leecher.close();
        return leecher.verified.size();
    }

    @Test
    void whatWasReportedIsOnDiskAfterClosingAndIsNotFetchedAgain() throws IOException {
        int before = download(20);
        assertThat(before).isLessThan(77);
        try (Client again = Client.start(leeching)) {
            again.add(payload).await(payload, State.DOWNLOADING);
            assertThat(again.status(payload).havePieces()).isEqualTo(before);
            long left = again.status(payload).left();
            again.meet(payload, seeder).await(payload, State.SEEDING);
            assertThat(again.status(payload).downloaded()).isEqualTo(left).isLessThan(LENGTH);
        }
        assertThat(payload.isIn(leeching)).isTrue();
    }

    @Test
    void whatWasKilledIsLookedThrough() throws IOException {
        int before = download(20);
        // Nothing was remembered, as after a kill before the first time.
        try (var states = Files.list(leeching.resolve("state"))) {
            for (Path state : states.toList()) {
                Files.delete(state);
            }
        }
        try (Client again = Client.start(leeching)) {
            again.add(payload).await(payload, State.DOWNLOADING);
            assertThat(again.status(payload).havePieces()).isEqualTo(before);
        }
    }

    @Test
    void aFileThatChangedMeanwhileIsNotBelieved() throws IOException {
        int before = download(20);
        Path file = leeching.resolve("resumed.bin");
        byte[] bytes = Files.readAllBytes(file);
        int hit = firstComplete(bytes);
        bytes[hit * PIECE + 5]++;
        Files.write(file, bytes);
        try (Client again = Client.start(leeching)) {
            again.add(payload).await(payload, State.DOWNLOADING);
            assertThat(again.status(payload).havePieces()).isEqualTo(before - 1);
        }
    }

    private int firstComplete(byte[] bytes) {
        for (int piece = 0; ; piece++) {
            int from = piece * PIECE;
            if (java.util.Arrays.equals(bytes, from, from + PIECE, payload.content(), from, from + PIECE)) {
                return piece;
            }
        }
    }

    @Test
    void aSeederThatStartsAgainReadsNothingTwice() throws IOException {
        seeder.close();
        // Same length and time, other bytes: whoever looked would see it.
        Path file = seeding.resolve("resumed.bin");
        var time = Files.getLastModifiedTime(file);
        Files.write(file, new byte[LENGTH]);
        Files.setLastModifiedTime(file, time);
        try (Client again = Client.start(seeding)) {
            again.add(payload).await(payload, State.SEEDING);
            assertThat(again.status(payload).havePieces()).isEqualTo(77);
        }
    }

    @Test
    void aFullDiskIsOneClearErrorAndCanBeResumed() throws IOException {
        Path file = leeching.resolve("resumed.bin");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        try (Client leecher = Client.start(leeching)) {
            leecher.add(payload).meet(payload, seeder).await(payload, State.FAILED);
            Await.until("the failure is told", () -> !leecher.failures.isEmpty());
            assertThat(leecher.failures).isEqualTo(List.of("cannot write " + file + ": No space left on device"));
            assertThat(leecher.status(payload).failure()).contains(leecher.failures.getFirst());

            Files.delete(file);
            leecher.engine.resume(payload.metainfo().id());
            leecher.await(payload, State.DOWNLOADING);
            try (Client other = Client.start(seeding.resolve("other")).seed(payload)) {
                leecher.meet(payload, other).await(payload, State.SEEDING);
            }
            assertThat(payload.isIn(leeching)).isTrue();
            assertThat(leecher.failures).hasSize(1);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsOneClearError() throws IOException {
        Path blocked = Files.writeString(leeching.resolve("blocked"), "a file where a folder should be");
        try (Client leecher = Client.start(leeching)) {
            leecher.engine.add(payload.in(blocked));
            leecher.meet(payload, seeder).await(payload, State.FAILED);
            Await.until("the failure is told", () -> !leecher.failures.isEmpty());
            assertThat(leecher.failures).singleElement().asString().startsWith("cannot write " + blocked);
        }
    }

    @Test
    void filesThatShrinkUnderASeederAreOneClearError() throws IOException {
        Files.write(seeding.resolve("resumed.bin"), new byte[1]);
        try (Client leecher = Client.start(leeching)) {
            leecher.add(payload).meet(payload, seeder);
            seeder.await(payload, State.FAILED);
            Await.until("the failure is told", () -> !seeder.failures.isEmpty());
            assertThat(seeder.failures)
                    .singleElement()
                    .asString()
                    .isEqualTo("cannot read " + seeding.resolve("resumed.bin") + ": the file ends early");
        }
    }
}
