package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.agent.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon and its policy file. */
class RunTest {
    @TempDir
    private Path folder;

    private FakeTracker tracker;
    private TestWorld alpha;
    private TestWorld beta;

    @BeforeEach
    void begin() throws IOException {
        tracker = new FakeTracker();
        tracker.handOut();
        alpha = member("alpha");
        beta = member("beta");
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

    private void data(String name, int seed) throws IOException {
        byte[] bytes = new byte[600_000];
        new Random(seed).nextBytes(bytes);
        Files.write(alpha.home.resolve(name), bytes);
    }

    private static String policy(TestWorld agent, String text) throws IOException {
        return Files.writeString(agent.home.resolve("policy.properties"), text).toString();
    }

    /** A daemon in a thread of its own, until it is interrupted. */
    private static final class Daemon implements AutoCloseable {
        private final TestWorld agent;
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final Thread thread;

        Daemon(TestWorld agent, String policy) {
            this.agent = agent;
            this.thread = Thread.ofVirtual().start(() -> exit.complete(agent.run("run", policy, "--json-lines")));
        }

        void await(BooleanSupplier condition) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(exit).as(agent.out() + agent.err()).isNotDone();
                assertThat(System.nanoTime()).as(agent.out()).isLessThan(deadline);
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            assertThat(exit.orTimeout(60, TimeUnit.SECONDS).join())
                    .as(agent.err())
                    .isZero();
        }
    }

    private static int times(TestWorld agent, String event) {
        return agent.out().split("\"" + event + "\"", -1).length - 1;
    }

    @Test
    void seedsAndFetchesWhatItsPolicySaysAndGoesOnAfterARestart() throws Exception {
        data("one.bin", 1);
        data("two.bin", 2);
        String fetch = policy(beta, "tags = video\nfolder = got\n");
        try (Daemon seeding = new Daemon(alpha, policy(alpha, "seed = one.bin, two.bin, missing.bin\n"))) {
            seeding.await(() -> times(alpha, "torrent-complete") == 2);
            assertThat(times(alpha, "torrent-failed")).isEqualTo(1);
            try (Daemon fetching = new Daemon(beta, fetch)) {
                fetching.await(() -> times(beta, "torrent-complete") == 2);
                assertThat(new TestWorld(alpha.home).run("receipts", "submit")).isEqualTo(ExitCode.FAILED);
            }
            assertThat(beta.told().getLast().path("complete").asInt()).isEqualTo(2);
            assertThat(beta.told().getLast().path("receipts_signed").asInt()).isEqualTo(6);
            TestWorld later = new TestWorld(beta.home);
            try (Daemon again = new Daemon(later, fetch)) {
                again.await(() -> times(later, "torrent-complete") == 2);
            }
            assertThat(later.told().getLast().path("downloaded").asInt()).isZero();
        }
        assertThat(beta.home.resolve("got/one.bin")).hasSameBinaryContentAs(alpha.home.resolve("one.bin"));
        assertThat(beta.home.resolve("got/two.bin")).hasSameBinaryContentAs(alpha.home.resolve("two.bin"));
        assertThat(tracker.reported).hasSize(6);
    }

    @Test
    void followsItsFileWhenThatChangesAndStaysAsItWasWhileThatIsNoPolicy() throws Exception {
        data("one.bin", 1);
        data("two.bin", 2);
        try (Daemon seeding = new Daemon(alpha, policy(alpha, "seed = one.bin\n"))) {
            seeding.await(() -> times(alpha, "torrent-complete") == 1);
            policy(alpha, "sead = one.bin\n");
            seeding.await(() -> times(alpha, "policy-refused") == 1);
            assertThat(alpha.out()).contains("unknown: sead");
            policy(alpha, "seed = one.bin\n# said in other words\n");
            policy(alpha, "seed = one.bin, two.bin\nupload-limit = 1000000\n");
            seeding.await(() -> times(alpha, "torrent-complete") == 3);
            assertThat(times(alpha, "policy-changed")).isEqualTo(1);
            try (Daemon fetching = new Daemon(beta, policy(beta, "tags = video\nfolder = got\n"))) {
                fetching.await(() -> times(beta, "torrent-complete") == 2);
                policy(beta, "download = " + tracker.uploaded.iterator().next() + "\nfolder = got\n");
                fetching.await(() -> times(beta, "torrent-complete") == 3);
            }
            assertThat(beta.told().getLast().path("torrents").asInt()).isEqualTo(1);
            assertThat(beta.told().getLast().path("downloaded").asInt()).isEqualTo(1_200_000);
            assertThat(beta.told().getLast().path("receipts_signed").asInt()).isEqualTo(6);
        }
        assertThat(alpha.told().getLast().path("complete").asInt()).isEqualTo(2);
        assertThat(alpha.told().getLast().path("uploaded").asInt()).isEqualTo(1_200_000);
        assertThat(tracker.reported).hasSize(6);
    }

    private String seededOnce() throws IOException {
        TestWorld again = new TestWorld(alpha.home);
        try (Daemon seeding = new Daemon(again, policy(again, "seed = one.bin\n"))) {
            seeding.await(() -> times(again, "torrent-complete") == 1);
        }
        return again.told().stream()
                .filter(said -> said.path("event").asString().equals("torrent-added"))
                .findFirst()
                .orElseThrow()
                .path("info_hash")
                .asString();
    }

    @Test
    void readsWhatItSeedsOnceAndAgainOnlyWhenItLooksOtherwise() throws Exception {
        data("one.bin", 1);
        String first = seededOnce();
        // Same length and time, other bytes: whoever looked would see it.
        Path file = alpha.home.resolve("one.bin");
        var time = Files.getLastModifiedTime(file);
        data("one.bin", 2);
        Files.setLastModifiedTime(file, time);
        assertThat(seededOnce()).isEqualTo(first);
        Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusSeconds(1)));
        String second = seededOnce();
        assertThat(second).isNotEqualTo(first);
        try (Stream<Path> kept = Files.list(alpha.folders().state().resolve("made"))) {
            for (Path torrent :
                    kept.filter(one -> one.toString().endsWith(".torrent")).toList()) {
                Files.write(torrent, new byte[3]);
            }
        }
        assertThat(seededOnce()).isEqualTo(second);
    }

    @Test
    void fetchesNoMoreThanItsDiskMayHoldAndStopsByItself() throws Exception {
        data("one.bin", 1);
        data("two.bin", 2);
        agentPublishes("one.bin");
        agentPublishes("two.bin");
        String both = String.join(",", tracker.uploaded);
        int exit = beta.run(
                "run", policy(beta, "download = " + both + "\nmax-disk = 700000\nstop-after = 1\n"), "--json-lines");
        assertThat(exit).as(beta.err()).isZero();
        assertThat(times(beta, "torrent-added")).isEqualTo(1);
        assertThat(beta.out()).contains("max-disk: 1200000 of 700000 bytes");
    }

    private void agentPublishes(String name) {
        assertThat(alpha.run("publish", alpha.home.resolve(name).toString())).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sead = x",
                "seed = x\nport = 70000",
                "download = abc",
                "seed = x\nmax-disk = -1",
                "seed = x\nreceipts = maybe",
                "seed = x\nstop-ratio = NaN"
            })
    void aPolicyThatSaysSomethingElseIsRefused(String text) throws IOException {
        String file = policy(alpha, text);
        assertThat(alpha.run("run", file)).isEqualTo(ExitCode.FAILED);
        assertThat(alpha.err()).startsWith("pbts agent: " + file);
    }
}
