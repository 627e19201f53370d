package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.agent.cli.ExitCode;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.torrent.PieceIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two agents and a tracker, as in the document of the AI-agent variant: one seeds a file, one downloads it by its hash. */
class SharingTest {
    private static final int PIECES = 5;

    @TempDir
    private Path folder;

    private FakeTracker tracker;
    private Path data;

    @BeforeEach
    void begin() throws IOException {
        tracker = new FakeTracker();
        byte[] bytes = new byte[PIECES * (256 << 10) - 17];
        new Random(1).nextBytes(bytes);
        data = Files.write(folder.resolve("cooking_video.mp4"), bytes);
    }

    @AfterEach
    void end() {
        tracker.close();
    }

    private TestWorld member(String name) throws IOException {
        TestWorld agent = new TestWorld(Files.createDirectories(folder.resolve(name))).withKey();
        assertThat(agent.run("register", "--tracker", tracker.url(), "--user-id", name))
                .isZero();
        return agent;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** A seeder in a thread of its own, until it is interrupted. */
    private final class Seeding implements AutoCloseable {
        private final TestWorld agent;
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final Thread thread;

        Seeding(TestWorld agent) {
            this.agent = agent;
            this.thread = Thread.ofVirtual()
                    .start(() -> exit.complete(
                            agent.run("seed", "--file", data.toString(), "--receipts", "require", "--json-lines")));
            await(() -> exit.isDone() || (tracker.announced() && agent.out().contains("\"seeding\"")));
        }

        @Override
        public void close() {
            thread.interrupt();
            assertThat(exit.orTimeout(60, TimeUnit.SECONDS).join())
                    .as(agent.err())
                    .isZero();
        }
    }

    @Test
    void tellsHowItGoesAndWhatBecameOfTheRatio() throws Exception {
        TestWorld alpha = member("alpha");
        TestWorld beta = member("beta");
        String out = folder.resolve("out").toString();
        beta.terminal = true;
        try (Seeding _ = new Seeding(alpha)) {
            String hash = tracker.uploaded.getFirst();
            int exit = beta.run("download", "--infohash", hash, "--out", out, "--download-limit", "500000");
            assertThat(exit).as(beta.err()).isZero();
        }
        assertThat(beta.err())
                .contains("\r[")
                .contains("%  ")
                .contains("/s  ETA ")
                .contains("1 peers  receipts: ");
        assertThat(beta.out())
                .contains("5 receipts signed, ratio 0.25 before, 0.25 now")
                .doesNotContain("[");
        assertThat(alpha.told().getLast().path("event").asString()).isEqualTo("stopped");
        assertThat(alpha.told().getLast().path("receipts_earned").asInt()).isEqualTo(PIECES);
        assertThat(alpha.told().getLast().path("ratio_before").asString()).isEqualTo("0.25");
        assertThat(alpha.told().stream().map(said -> said.path("event").asString()))
                .contains("progress");
    }

    private void download(TestWorld agent) {
        String hash = tracker.uploaded.getFirst();
        String out = folder.resolve("out").toString();
        assertThat(agent.run("download", "--infohash", hash, "--out", out, "--timeout", "50", "--json"))
                .as(agent.err())
                .isZero();
    }

    @Test
    void whatOneSeedsTheOtherDownloadsByItsHashAndSignsFor() throws Exception {
        TestWorld alpha = member("alpha");
        TestWorld beta = member("beta");
        try (Seeding _ = new Seeding(alpha)) {
            download(beta);
        }
        assertThat(folder.resolve("out/cooking_video.mp4")).hasSameBinaryContentAs(data);
        assertThat(tracker.reported.stream().map(StatedReceipt::index).map(PieceIndex::value))
                .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
        assertThat(alpha.out()).contains("\"receipts-reported\"").doesNotContain("secretpasskey");
    }

    @Test
    void aCommunitysOwnMarkIsPutIntoWhatIsSeededAndTheRegistryTellsWhatAHashIs() throws Exception {
        tracker.wantSource();
        tracker.handOut();
        TestWorld alpha = member("alpha");
        TestWorld beta = member("beta");
        try (Seeding _ = new Seeding(alpha)) {
            download(beta);
        }
        assertThat(folder.resolve("out/cooking_video.mp4")).hasSameBinaryContentAs(data);
        assertThat(tracker.uploaded).hasSize(1);
        assertThat(alpha.out()).contains(tracker.uploaded.getFirst());
        assertThat(tracker.reported).hasSize(PIECES);
    }

    @Test
    void receiptsWaitForATrackerThatIsAway() throws Exception {
        TestWorld alpha = member("alpha");
        TestWorld beta = member("beta");
        tracker.answerReports(503);
        try (Seeding _ = new Seeding(alpha)) {
            download(beta);
        }
        assertThat(tracker.reported).isEmpty();
        assertThat(alpha.out()).contains("report-failed");
        tracker.answerReports(200);
        assertThat(alpha.run("seed", "--file", data.toString(), "--for", "0")).isZero();
        assertThat(tracker.reported).hasSize(PIECES);
    }

    @Test
    void aHashThatNobodyHasIsSaidToBeSo() throws Exception {
        TestWorld beta = member("beta");
        assertThat(beta.run("download", "--infohash", "ab".repeat(20), "--out", folder.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(beta.err()).contains("nobody else takes part");
        for (List<String> wrong : List.of(List.of("--infohash", "xyz"), List.<String>of())) {
            List<String> arguments = new java.util.ArrayList<>(List.of("download"));
            arguments.addAll(wrong);
            assertThat(beta.run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
        }
    }
}
