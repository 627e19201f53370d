package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three agents on hosts of their own, each of which has half as much as it wants from the two others, are killed with SIGKILL
 * while they fetch, each at times of its own, and started again. In the end all files are right, and the ledger has each piece of
 * each receiver once; what went over the wires beyond that is no more than what a sender risks, for each kill.
 */
@Tag("long")
@NeedsRealClients
class AgentCrashIT extends RealClients {
    private static final long SEED = 4_242;
    private static final int AGENTS = 3;
    private static final int MEBIBYTE = 1 << 20;

    /** What a sender sends ahead of signatures: 32 MiB, and one write of nine blocks ({@code docs/adr/0005}). */
    private static final long WINDOW = 32L * MEBIBYTE + 9 * 16_384;

    private static final String NAME = "crashes";
    private static final int MEBIBYTES = 1024;
    private static final int KILLS = 10;

    /** Bytes a second that each agent sends at most. */
    private static final int RATE = 10 * MEBIBYTE;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Bytes after which each kill comes; in all they leave room for what an agent got and had not told yet. */
    private static Deque<Long> kills(Random random) {
        Deque<Long> after = new ArrayDeque<>();
        for (int kill = 0; kill < KILLS; kill++) {
            after.add((long) (0.7 * MEBIBYTES * MEBIBYTE * (kill + random.nextDouble()) / KILLS));
        }
        return after;
    }

    /** An agent, what it has, and its process of the moment. */
    private final class Victim {
        private final int host;
        private final Agent agent;
        private final Path own;
        private final String infoHash;
        private final Path log;
        private final Deque<Long> killsAfter;
        private long before;
        private long logged;
        private Process process;

        Victim(int host) throws IOException {
            this.killsAfter = kills(new Random(SEED + host));
            this.host = host;
            this.agent = registered(NAME + host);
            this.own = random(agent.home().resolve(NAME + host + ".bin"), MEBIBYTES / 2, host);
            String published = agent.run("publish", own.toString(), "--tag", NAME, "--json");
            this.infoHash =
                    Stack.JSON.readTree(published.strip()).path("info_hash").asString();
            this.log = agent.home().resolve("run.log");
            Files.writeString(agent.home().resolve("policy"), """
                    seed = %s
                    tags = %s
                    folder = got
                    port = %d
                    upload-limit = %d
                    """.formatted(own, NAME, FreePort.next(), RATE));
        }

        void start() {
            process = agent.startOn(net(), host, log, "run", "policy", "--json-lines");
        }

        /** Bytes that it has told of since it was started. */
        private long downloaded() throws IOException {
            long bytes = 0;
            try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
                file.seek(logged);
                for (String line = file.readLine(); line != null; line = file.readLine()) {
                    if (line.startsWith("{\"event\":\"progress\"") && line.endsWith("}")) {
                        bytes = Stack.JSON.readTree(line).path("downloaded").asLong();
                    }
                }
            }
            return bytes;
        }

        /** Kills it and starts it again if it is time; whether there is more to come. */
        boolean live() throws IOException, InterruptedException {
            if (!killsAfter.isEmpty() && before + downloaded() >= killsAfter.getFirst()) {
                killsAfter.removeFirst();
                process.destroyForcibly().waitFor();
                before += downloaded();
                logged = Files.size(log);
                start();
            }
            return !killsAfter.isEmpty();
        }

        Path copyOf(Victim other) {
            return agent.home().resolve("got").resolve(other.own.getFileName());
        }

        boolean has(Victim other) {
            return mismatch(copyOf(other), other.own) == -1;
        }

        /** Receipts that the tracker has not answered for, or has not counted. */
        List<Path> kept() throws IOException {
            Path receipts = agent.home().resolve("state/pbts/receipts");
            try (Stream<Path> files = Files.walk(receipts)) {
                return files.filter(Files::isRegularFile).toList();
            }
        }

        String said() throws IOException {
            List<String> lines = Files.readAllLines(log);
            return agent.name() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        }
    }

    private static long mismatch(Path one, Path other) {
        try {
            return Files.exists(one) ? Files.mismatch(one, other) : 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Announces by the address that hosts of the net know this machine by. */
    private Agent registered(String name) throws IOException {
        var agent = new Agent(name, Files.createDirectories(folder().resolve(name)));
        agent.run("init");
        agent.run("register", "--tracker", "http://127.0.0.1:" + stack().port(), "--user-id", name);
        Path account = agent.home().resolve("config/pbts/account.json");
        Files.writeString(
                account, Files.readString(account).replaceAll("//[^/:\"]+:", "//" + SwarmNet.GATEWAY_V4 + ":"));
        return agent;
    }

    private static Path random(Path file, int mebibytes, int seed) throws IOException {
        var random = new Random(seed);
        byte[] bytes = new byte[MEBIBYTE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
        return file;
    }

    @Test
    void whoIsKilledTenTimesWithAGibibyteGoesOnAndIsPaidOnce() throws Exception {
        List<Victim> agents = new ArrayList<>();
        for (int host = 1; host <= AGENTS; host++) {
            agents.add(new Victim(host));
        }
        long before = wire();
        try {
            agents.forEach(Victim::start);
            killAll(agents);
            awaitFiles(agents);
        } finally {
            for (Victim one : agents) {
                one.process.destroy();
            }
            for (Victim one : agents) {
                if (!one.process.waitFor(30, TimeUnit.SECONDS)) {
                    one.process.destroyForcibly();
                }
            }
        }
        settle(agents, wire() - before);
    }

    private static void killAll(List<Victim> agents) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean more = true;
        while (more) {
            assertThat(System.nanoTime()).as("time of the last kill").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            more = false;
            for (Victim one : agents) {
                more |= one.live();
            }
        }
    }

    private static void awaitFiles(List<Victim> agents) throws IOException {
        try {
            for (Victim one : agents) {
                for (Victim other : agents) {
                    Await.until(
                            one.agent.name() + " has what " + other.agent.name() + " seeds",
                            PATIENCE,
                            () -> one == other || one.has(other),
                            Boolean::booleanValue);
                }
            }
        } catch (AssertionError failed) {
            var text = new StringBuilder(String.valueOf(failed.getMessage()));
            for (Victim one : agents) {
                text.append('\n').append(one.said());
            }
            throw new AssertionError(text.toString(), failed);
        }
    }

    private long wire() {
        long bytes = 0;
        for (int host = 1; host <= AGENTS; host++) {
            bytes += net().received(host);
        }
        return bytes;
    }

    private void settle(List<Victim> agents, long wire) throws Exception {
        long kills = (long) AGENTS * KILLS;
        long whole = (long) AGENTS * MEBIBYTES * MEBIBYTE;
        long bytes = 0;
        long receipts = 0;
        for (Victim one : agents) {
            assertThat(one.kept()).as("receipts that the tracker did not count").isEmpty();
            Ledger ledger = Ledger.of(stack(), one.infoHash);
            assertThat(ledger.held()).isZero();
            bytes += ledger.bytes();
            receipts += ledger.receipts();
        }
        long uploaded = total(agents, "total_uploaded");
        System.out.printf(
                "%s: %d kills, %d of %d bytes in the ledger by %d receipts, %d bytes on the wires: %d beyond, %d a kill%n",
                NAME, kills, bytes, whole, receipts, wire, wire - bytes, (wire - bytes) / kills);
        assertThat(uploaded).isEqualTo(bytes).isLessThanOrEqualTo(whole);
        assertThat(total(agents, "total_downloaded")).isEqualTo(bytes);
        assertThat(wire - bytes).as("bytes that nobody is paid for").isBetween(0L, kills * WINDOW);
    }

    private long total(List<Victim> agents, String field) {
        return agents.stream()
                .mapToLong(one -> stack().gateway()
                        .get("/user/" + one.agent.name())
                        .expect(200)
                        .json()
                        .path(field)
                        .asLong())
                .sum();
    }
}
