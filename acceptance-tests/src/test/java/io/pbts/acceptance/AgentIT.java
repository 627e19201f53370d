package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ./pbts agent} as its users run it, against a tracker in profile {@code production}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LENGTH = 6 << 20;

    @TempDir
    private Path folder;

    private Stack stack;

    @BeforeAll
    void start() {
        stack = ProductionStack.get();
    }

    /** One agent with a home of its own. */
    private record Agent(String name, Path home) {
        List<String> command(String... arguments) {
            List<String> command =
                    new ArrayList<>(List.of(Stack.HOME.resolve("pbts").toString(), "agent"));
            command.addAll(List.of(arguments));
            return command;
        }

        Map<String, String> environment() {
            return Map.of(
                    "XDG_CONFIG_HOME",
                    home.resolve("config").toString(),
                    "XDG_STATE_HOME",
                    home.resolve("state").toString(),
                    "PBTS_PASSWORD",
                    "correct horse battery " + name,
                    "PBTS_NO_BUILD",
                    "1");
        }

        String run(String... arguments) {
            return Shell.run(home, PATIENCE, environment(), command(arguments))
                    .succeeded()
                    .output();
        }

        /** Runs until somebody stops it; what it prints is in the file. */
        Process start(Path log, String... arguments) {
            var builder = new ProcessBuilder(command(arguments))
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment());
            try {
                return builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Agent registered(String name) throws IOException {
        var agent = new Agent(name, Files.createDirectories(folder.resolve(name)));
        agent.run("init");
        agent.run("register", "--tracker", "http://127.0.0.1:" + stack.port(), "--user-id", name);
        return agent;
    }

    @Test
    void whatOneAgentSeedsAnotherDownloadsByItsHashAndPaysForToTheByte() throws Exception {
        Agent alpha = registered("agent-alpha");
        Agent beta = registered("agent-beta");
        byte[] bytes = new byte[LENGTH];
        new Random(7).nextBytes(bytes);
        Path data = Files.write(folder.resolve("cooking_video.mp4"), bytes);
        Path log = folder.resolve("seed.log");
        Process seeding = alpha.start(log, "seed", "--file", data.toString(), "--receipts", "require", "--json");
        try {
            String hash = Await.until(
                    "alpha seeds", PATIENCE, () -> field(log, "seeding", "info_hash"), found -> !found.isEmpty());
            Path out = Files.createDirectories(folder.resolve("received"));
            beta.run("download", "--infohash", hash, "--out", out.toString(), "--timeout", "50");
            assertThat(out.resolve("cooking_video.mp4")).hasSameBinaryContentAs(data);
            Await.until(
                    "alpha's receipts are in",
                    PATIENCE,
                    () -> total("agent-alpha", "total_uploaded"),
                    total -> total >= LENGTH);
        } finally {
            TorrentProgram.stop(seeding);
        }
        assertThat(total("agent-alpha", "total_uploaded")).isEqualTo(LENGTH);
        assertThat(total("agent-beta", "total_downloaded")).isEqualTo(LENGTH);
        assertThat(total("agent-beta", "total_uploaded")).isZero();
        assertThat(beta.run("standing", "--json")).contains(String.valueOf(LENGTH));
    }

    private long total(String user, String field) {
        return stack.gateway()
                .get("/user/" + user)
                .expect(200)
                .json()
                .path(field)
                .asLong();
    }

    /** The field of the first line about this event; empty before there is one. */
    private static String field(Path log, String event, String field) {
        try {
            for (String line : Files.readAllLines(log)) {
                if (line.startsWith("{")) {
                    JsonNode said = Stack.JSON.readTree(line);
                    if (said.path("event").asString("").equals(event)) {
                        return said.path(field).asString("");
                    }
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
