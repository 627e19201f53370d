package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.agent.cli.ExitCode;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.torrent.PieceIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong ends with one line, a documented exit code, and nothing lost: the same command goes on. */
class FailuresTest {
    @TempDir
    private Path folder;

    private FakeTracker tracker;
    private TestWorld alpha;
    private TestWorld beta;
    private Path data;
    private Path torrent;
    private Path out;

    @BeforeEach
    void begin() throws IOException {
        tracker = new FakeTracker();
        byte[] bytes = new byte[3 * (256 << 10)];
        new Random(1).nextBytes(bytes);
        data = Files.write(folder.resolve("data.bin"), bytes);
        torrent = folder.resolve("data.bin.torrent");
        out = Files.createDirectories(folder.resolve("out"));
        alpha = member("alpha");
        beta = member("beta");
        alpha.run("create-torrent", data.toString());
    }

    @AfterEach
    void end() {
        tracker.close();
    }

    private TestWorld member(String name) throws IOException {
        TestWorld agent = new TestWorld(Files.createDirectories(folder.resolve(name))).withKey();
        agent.run("register", "--tracker", tracker.url(), "--user-id", name);
        return agent;
    }

    private int download(TestWorld agent, Path to, int timeout) {
        return agent.run(
                "download",
                "--torrent",
                torrent.toString(),
                "--out",
                to.toString(),
                "--timeout",
                Integer.toString(timeout));
    }

    /** Runs something while alpha seeds. */
    private void whileSeeding(Runnable body) {
        var exit = new CompletableFuture<Integer>();
        Thread thread = Thread.ofVirtual()
                .start(() -> exit.complete(
                        alpha.run("seed", "--file", data.toString(), "--torrent", torrent.toString(), "--json-lines")));
        await(() -> exit.isDone() || (tracker.announced() && alpha.out().contains("seeding")));
        body.run();
        thread.interrupt();
        assertThat(exit.orTimeout(60, TimeUnit.SECONDS).join()).as(alpha.err()).isZero();
    }

    private static void assertOneLine(TestWorld agent, String... parts) {
        assertThat(agent.err().strip().lines()).hasSize(1);
        assertThat(agent.err()).startsWith("pbts agent: ").contains(parts);
    }

    /** The file's place is taken by a device that is always full. */
    @Test
    void aDiskThatFills() throws IOException {
        Path full = out.resolve("data.bin");
        Files.createSymbolicLink(full, Path.of("/dev/full"));
        whileSeeding(() -> {
            assertThat(download(beta, out, 50)).isEqualTo(ExitCode.FAILED);
            assertOneLine(beta, full.toString(), "No space left", "goes on with it");
            delete(full);
            assertThat(download(beta, out, 50)).as(beta.err()).isZero();
        });
        assertThat(full).hasSameBinaryContentAs(data);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Nobody can make a file there, not even root. */
    @Test
    void aFolderThatCannotBeWritten() {
        whileSeeding(() -> {
            assertThat(download(beta, Path.of("/proc/self"), 50)).isEqualTo(ExitCode.FAILED);
            assertOneLine(beta, "cannot write /proc/self/data.bin");
            assertThat(download(beta, out, 50)).as(beta.err()).isZero();
        });
    }

    @Test
    void aTrackerThatIsDown() {
        tracker.close();
        assertThat(download(beta, out, 5)).isEqualTo(ExitCode.UNREACHABLE);
        assertOneLine(beta, "the tracker cannot be reached");
        assertThat(alpha.run("seed", "--file", data.toString())).isEqualTo(ExitCode.UNREACHABLE);
        assertOneLine(alpha, "the tracker cannot be reached");
    }

    /** Peers that are known suffice to the end; what was earned waits on disk. */
    @Test
    void aTrackerThatGoesAwayDuringADownload() throws Exception {
        whileSeeding(() -> {
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> beta.run(
                    "download",
                    "--torrent",
                    torrent.toString(),
                    "--out",
                    out.toString(),
                    "--download-limit",
                    "200000",
                    "--timeout",
                    "50",
                    "--json-lines"));
            await(() -> exit.isDone() || beta.out().contains("\"progress\""));
            assertThat(exit).isNotDone();
            tracker.close();
            assertThat(exit.orTimeout(60, TimeUnit.SECONDS).join())
                    .as(beta.err())
                    .isZero();
        });
        assertThat(out.resolve("data.bin")).hasSameBinaryContentAs(data);
        assertThat(tracker.reported).isEmpty();
        assertThat(alpha.run("receipts", "list")).isZero();
        assertThat(alpha.out()).contains("3 receipts");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Test
    void aWrongPasskey() {
        tracker.forgetPasskeys();
        assertThat(alpha.run("seed", "--file", data.toString())).isEqualTo(ExitCode.REFUSED);
        assertOneLine(alpha, "The passkey belongs to no account", "login --new-passkey");
        assertThat(beta.run("download", "--infohash", "ab".repeat(20))).isEqualTo(ExitCode.REFUSED);
        assertOneLine(beta, "login --new-passkey");
        tracker.refuseAnnounces("Unknown passkey");
        assertThat(download(beta, out, 50)).isEqualTo(ExitCode.REFUSED);
        assertOneLine(beta, "Unknown passkey", "login --new-passkey");
    }

    @Test
    void aTorrentThatIsNotRegistered() {
        tracker.refuseAnnounces("Unregistered torrent");
        assertThat(download(beta, out, 50)).isEqualTo(ExitCode.REFUSED);
        assertOneLine(beta, "Unregistered torrent", "publish --torrent");
        assertThat(beta.run("download", "--infohash", "ab".repeat(20))).isEqualTo(ExitCode.REFUSED);
        assertOneLine(beta, "the tracker does not know this torrent");
    }

    @Test
    void aRatioThatIsTooLow() {
        tracker.refuseAnnounces("Insufficient ratio: 0.25 < 0.50; seed 10 more bytes");
        assertThat(download(beta, out, 50)).isEqualTo(ExitCode.REFUSED);
        assertOneLine(beta, "seed 10 more bytes");
    }

    @Test
    void aWrongPieceOnDiskIsNotServedAndIsFetchedAnew() throws IOException {
        whileSeeding(() -> assertThat(download(beta, out, 50)).as(beta.err()).isZero());
        Path copy = out.resolve("data.bin");
        byte[] bytes = Files.readAllBytes(copy);
        bytes[300_000]++;
        Files.write(copy, bytes);
        assertThat(beta.run("seed", "--file", copy.toString(), "--torrent", torrent.toString(), "--for", "20"))
                .isEqualTo(ExitCode.FAILED);
        assertOneLine(beta, "2 of 3 pieces are right");
        whileSeeding(() -> {
            assertThat(beta.run("download", "--torrent", torrent.toString(), "--out", out.toString(), "--json"))
                    .as(beta.err())
                    .isZero();
            assertThat(beta.told().getFirst().path("downloaded").asInt()).isEqualTo(256 << 10);
        });
        assertThat(copy).hasSameBinaryContentAs(data);
    }

    /** The sender's disk has changed under it: it is called no more, and what came before is kept and paid for once. */
    @Test
    void aWrongPieceFromAPeerIsToldAndFetchedAnew() throws IOException {
        byte[] right = Files.readAllBytes(data);
        byte[] wrong = right.clone();
        wrong[300_000]++;
        whileSeeding(() -> {
            overwrite(data, wrong);
            assertThat(download(beta, out, 3)).isEqualTo(ExitCode.FAILED);
            assertThat(beta.out()).contains("piece 1 came with the wrong hash");
            assertOneLine(beta, "not done after 3 s", "goes on with it");
            overwrite(data, right);
            assertThat(download(beta, out, 50)).as(beta.err()).isZero();
        });
        assertThat(out.resolve("data.bin")).hasSameBinaryContentAs(data);
        assertThat(tracker.reported.stream().map(StatedReceipt::index))
                .containsExactlyInAnyOrder(new PieceIndex(0), new PieceIndex(1), new PieceIndex(2));
    }

    private static void overwrite(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Receipts would have no place to wait in, so nothing begins. */
    @Test
    void aStateFolderThatCannotBeMade() {
        beta.environment.put("XDG_STATE_HOME", "/proc/self/none");
        assertThat(download(beta, out, 50)).isEqualTo(ExitCode.FAILED);
        assertOneLine(beta, "/proc/self/none");
        beta.environment.remove("XDG_STATE_HOME");
        whileSeeding(() -> assertThat(download(beta, out, 50)).as(beta.err()).isZero());
    }
}
