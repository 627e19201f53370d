package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Process seeding = alpha.start(log, "seed", "--file", data.toString(), "--receipts", "require", "--json-lines");
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

    @Test
    void aWalletRegistersSignsInAndPublishesWithTheCommunitysMark() throws Exception {
        var agent = new Agent("agent-gamma", Files.createDirectories(folder.resolve("agent-gamma")));
        String address =
                result(agent.run("wallet", "create", "--json")).path("address").asString();
        JsonNode registered =
                result(agent.run("register", "--tracker", "http://127.0.0.1:" + stack.port(), "--wallet", "--json"));
        assertThat(registered.path("user_id").asString()).isEqualTo(address);
        assertThat(registered.path("grant").asString()).isIn("granted", "pending", "none");
        agent.run("login");
        assertThat(result(agent.run("standing", "--json")).path("grant").asString())
                .isIn("granted", "pending", "none");
        Path data = Files.write(folder.resolve("notes.bin"), new byte[300_000]);
        JsonNode published =
                result(agent.run("publish", data.toString(), "--tag", "notes", "--licence", "CC0-1.0", "--json"));
        assertThat(published.path("corrected").asBoolean()).isTrue();
        assertThat(published.path("magnet").asString())
                .contains(published.path("info_hash").asString());
        assertThat(result(agent.run("receipts", "list", "--json"))
                        .path("waiting")
                        .path("receipts")
                        .asInt())
                .isZero();
    }

    /** The last line of {@code --json}. */
    private static JsonNode result(String output) {
        return Stack.JSON.readTree(output.strip().lines().toList().getLast());
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
