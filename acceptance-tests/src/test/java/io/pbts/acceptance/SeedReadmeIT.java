package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The curl calls of the tracker seed's README, in its order, run by curl itself. Placeholders that are replaced:
 * {@code BASE64_PUBLIC_KEY} (a key from {@code /keygen}), {@code 0x...} of {@code password_hash} in the workflow
 * ({@code 0x1234...} and {@code 0x5678...}: 32 bytes in full), the port, and in the workflow the names alice and bob
 * ({@code alice} was registered by the calls before it).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeedReadmeIT {
    private static final String HASH = "0xabcdef1234567890abcdef1234567890abcdef1234567890abcdef1234567890";
    private static final List<String> JSON = List.of("-H", "Content-Type: application/json");

    private String base;

    @BeforeAll
    void start() {
        base = "http://localhost:" + LocalStack.get().port();
    }

    @Test
    @Order(1)
    void healthIsHealthy() {
        JsonNode health = curl("/health");
        assertThat(health.path("status").asString()).isEqualTo("healthy");
        assertThat(health.path("instance_id").asString()).matches("[0-9a-f]{64}");
        assertThat(health.path("signature_verification").asBoolean()).isTrue();
        assertThat(health.path("timestamp").asString()).isNotBlank();
    }

    @Test
    @Order(2)
    void keygenRegisterAndConfigWorkAsDocumented() {
        JsonNode keys = curl("/keygen", "-X", "POST");
        assertThat(keys.path("success").asBoolean()).isTrue();
        assertThat(keys.path("key_type").asString()).isEqualTo("BLS12-381");
        assertThat(keys.path("private_key_size").asInt()).isEqualTo(32);
        assertThat(keys.path("public_key_size").asInt()).isEqualTo(48);
        assertThat(keys.path("warning").asString()).isNotBlank();

        JsonNode registered = curl(
                "/register", post(JSON, """
                {"user_id": "alice", "public_key": "%s"}""".formatted(keys.path("public_key").asString())));
        assertThat(registered.path("success").asBoolean()).isTrue();
        assertThat(registered.path("message").asString()).isEqualTo("User registered successfully");
        assertThat(registered.path("instance_id").asString()).matches("[0-9a-f]{64}");
        assertThat(registered.path("passkey").asString()).matches("[a-z2-7]{32}");

        JsonNode on = curl("/config", post(List.of(), """
                {"verify_signatures": true}"""));
        assertThat(on.path("success").asBoolean()).isTrue();
        assertThat(on.path("message").asString()).isEqualTo("Configuration updated");
        JsonNode off = curl("/config", post(List.of(), """
                {"verify_signatures": false}"""));
        assertThat(off.path("warning").asString()).isNotBlank();
        assertThat(curl("/config").path("verify_signatures").asBoolean()).isTrue();
    }

    @Test
    @Order(3)
    void contractStatusAndInitAnswerAsDocumented() {
        JsonNode status = curl("/contract/status");
        assertThat(status.path("configured").asBoolean()).isTrue();
        assertThat(status.path("connected").asBoolean()).isTrue();
        assertThat(status.path("factory_address").asString()).matches("0x[0-9a-fA-F]{40}");
        assertThat(status.path("settlement_address").asString()).matches("0x[0-9a-fA-F]{40}");

        JsonNode init = curl("/contract/init", "-X", "POST");
        assertThat(init.path("success").asBoolean()).isTrue();
        assertThat(init.path("reputation_address").asString()).matches("0x[0-9a-fA-F]{40}");
        assertThat(init.path("referrer_address").asString()).isEqualTo("0x" + "0".repeat(40));
    }

    @Test
    @Order(4)
    void aUserIsRegisteredReadAndUpdatedOnTheContract() {
        JsonNode registered = curl("/contract/register", post(JSON, """
                {"username": "alice", "salt": "random_salt_123", "password_hash": "%s",
                 "download_size": 0, "upload_size": 0}""".formatted(HASH)));
        assertThat(registered.path("success").asBoolean()).isTrue();
        assertThat(registered.path("tx_hash").asString()).matches("[0-9a-f]{64}");

        JsonNode updated = curl("/contract/update", post(JSON, """
                {"username": "alice", "download_size": 1024000, "upload_size": 2048000}"""));
        assertThat(updated.path("success").asBoolean()).isTrue();

        JsonNode user = curl("/contract/user/alice").path("user");
        assertThat(user.path("username").asString()).isEqualTo("alice");
        assertThat(user.path("salt").asString()).isEqualTo("random_salt_123");
        assertThat(user.path("passwordHash").asString()).isEqualToIgnoringCase(HASH);
        assertThat(user.path("downloadSize").asLong()).isEqualTo(1_024_000);
        assertThat(user.path("uploadSize").asLong()).isEqualTo(2_048_000);
        assertThat(user.path("ratio").asDouble()).isEqualTo(2.0);
    }

    @Test
    @Order(5)
    void theExampleWorkflowEndsAtARatioOfTwo() {
        assertThat(curl("/contract/init", "-X", "POST").path("success").asBoolean())
                .isTrue();
        for (String name : List.of("alice", "bob")) {
            JsonNode registered = curl("/contract/register", post(JSON, """
                    {"username": "%s", "salt": "salt123", "password_hash": "%s", "download_size": 0, "upload_size": 0}""".formatted(name, HASH)));
            assertThat(registered.path("success").asBoolean()).isTrue();
        }
        assertThat(curl("/contract/user/bob").path("success").asBoolean()).isTrue();
        curl("/contract/update", post(JSON, """
                {"username": "alice", "download_size": 500000, "upload_size": 1000000}"""));
        assertThat(curl("/contract/user/alice").path("user").path("ratio").asDouble())
                .isEqualTo(2.0);
    }

    @Test
    @Order(6)
    void theReceiptMadeByAttestIsValidAndEarnsForARegisteredTorrent(@TempDir Path folder) throws Exception {
        JsonNode sender = curl("/keygen", "-X", "POST");
        JsonNode receiver = curl("/keygen", "-X", "POST");
        for (var each : List.of(Map.entry("attest-sender", sender), Map.entry("attest-receiver", receiver))) {
            curl("/register", post(JSON, """
                    {"user_id": "%s", "public_key": "%s"}""".formatted(
                            each.getKey(), each.getValue().path("public_key").asString())));
        }
        Dataset data = Dataset.create(folder, "attest.bin", 20_000, 16_384, base + "/announce");
        Http http = LocalStack.get().gateway();
        data.registerAt(http, Map.of()).expect(201);

        String facts = """
                "piece_hash": "%s", "piece_index": 1, "infohash": "%s", "timestamp": %d""".formatted(data.pieces().get(1), data.infoHash(), Report.now());
        String keys = """
                "receiver_public_key": "%s", "sender_public_key": "%s\"""".formatted(
                        receiver.path("public_key").asString(),
                        sender.path("public_key").asString());
        JsonNode attested = curl("/attest", post(List.of(), """
                {"receiver_private_key": "%s", "sender_public_key": "%s", %s}""".formatted(
                        receiver.path("private_key").asString(),
                        sender.path("public_key").asString(),
                        facts)));
        String signature = attested.path("receipt").asString();
        assertThat(attested.path("message").asString()).isEqualTo("Receipt generated successfully");
        JsonNode verified =
                curl("/verify-receipt", post(JSON, "{" + keys + "," + facts + ",\"receipt\":\"" + signature + "\"}"));
        assertThat(verified.path("valid").asBoolean()).isTrue();
        assertThat(verified.path("message").asString()).isEqualTo("Receipt is valid");

        JsonNode reported = curl("/report", post(JSON, """
                {"user_id": "attest-sender", "uploaded_delta": 999999999, "downloaded_delta": 0,
                 "receipts": [{"sender_pk": "%s", "receiver_public_key": "%s", %s, "signature": "%s"}]}""".formatted(
                        sender.path("public_key").asString(),
                        receiver.path("public_key").asString(),
                        facts,
                        signature)));
        assertThat(reported.path("verified_receipts").asInt()).isEqualTo(1);
        assertThat(reported.path("total_uploaded").asLong()).isEqualTo(20_000 - 16_384);
        assertThat(curl("/user/attest-receiver").path("total_downloaded").asLong())
                .isEqualTo(20_000 - 16_384);
    }

    @Test
    @Order(7)
    void announceAndScrapeWorkWithoutAPasskey() {
        Tracker tracker = new Tracker(LocalStack.get().gateway(), "");
        String infoHash = "ff00".repeat(10);
        var first = tracker.announce(infoHash, 6881, "&left=0&event=started");
        assertThat(first.text("failure reason")).isEmpty();
        assertThat(first.text("tracker id")).isPresent();
        var second = tracker.announce(infoHash, 6882, "&left=5&event=started");
        assertThat(Tracker.peers(second)).containsExactly("127.0.0.1:6881");
        assertThat(tracker.scrape(infoHash)).isEqualTo(new Tracker.Swarm(1, 1));
    }

    @Test
    @Order(8)
    void statsCountWhatIsThere() {
        JsonNode stats = curl("/stats");
        assertThat(stats.path("total_users").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(stats.path("total_torrents").asInt()).isPositive();
        assertThat(stats.path("min_ratio").asDouble()).isEqualTo(0.5);
        assertThat(stats.path("instance_id").asString()).matches("[0-9a-f]{64}");
    }

    private static List<String> post(List<String> headers, String json) {
        List<String> arguments = new ArrayList<>(List.of("-X", "POST"));
        arguments.addAll(headers);
        arguments.addAll(List.of("-d", json));
        return arguments;
    }

    private JsonNode curl(String path, String... arguments) {
        return curl(path, List.of(arguments));
    }

    private JsonNode curl(String path, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30"));
        command.addAll(arguments);
        command.add(base + path);
        String printed = Shell.run(Stack.HOME, Duration.ofSeconds(40), Map.of(), command)
                .succeeded()
                .output();
        return Stack.JSON.readTree(printed);
    }
}
