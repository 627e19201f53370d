package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The AI-agent variant's API as an agent with a wallet uses it: in production, through the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletApiIT {
    private static final int PIECE = 4 << 20;
    /** Of 4 MiB, so many that a receiver with 16 MiB of credit is blocked: 40 MiB taken, none of them held. */
    private static final int PIECES = 10;

    private Http gateway;
    private Wallet seller;
    private Wallet buyer;
    private Map<String, String> sellersPasskey;
    private Dataset data;

    @BeforeAll
    void registerTwoWalletsAndATorrent(@TempDir Path folder) {
        gateway = ProductionStack.get().gateway().from("127.52.0.1");
        seller = Wallet.create();
        buyer = Wallet.create();
        Session.register(gateway, buyer);
        JsonNode registered = Session.register(gateway, seller);
        sellersPasskey = Map.of("X-PBTS-Passkey", registered.path("passkey").asString());
        data = Dataset.create(folder, "wallets.bin", (long) PIECES * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAt(gateway, sellersPasskey).expect(201);
    }

    private String challenge(Wallet wallet, String purpose, Map<String, String> subject) {
        Map<String, String> question = new HashMap<>(subject);
        question.put("purpose", purpose);
        question.put("kind", "wallet");
        question.put("address", wallet.address());
        return gateway.postJson("/api/v1/challenges", question)
                .expect(201)
                .json()
                .path("message")
                .asString();
    }

    private static Map<String, Object> signed(Wallet wallet, String message, Map<String, String> fields) {
        Map<String, Object> body = new LinkedHashMap<>(fields);
        body.put("userAddress", wallet.address());
        body.put("message", message);
        body.put("signature", wallet.sign(message));
        return body;
    }

    private Map<String, Object> announcement(Wallet wallet, String event) {
        String message = challenge(wallet, "announce", Map.of("info_hash", data.infoHash(), "event", event));
        return signed(wallet, message, Map.of("infohash", data.infoHash(), "event", event));
    }

    private Map<String, Object> binding(Wallet wallet, String peerId) {
        return signed(wallet, challenge(wallet, "bind-peer", Map.of("peer_id", peerId)), Map.of("peerId", peerId));
    }

    private JsonNode receipt(int piece) {
        String domain = gateway.get("/api/v1/instance")
                .expect(200)
                .json()
                .path("domain")
                .asString();
        return IndependentClient.get()
                .ask(
                        "wallet_receipt",
                        Map.of(
                                "secret", buyer.secret(),
                                "domain", domain.startsWith("0x") ? domain.substring(2) : domain,
                                "infohash", data.infoHash(),
                                "sender", seller.address(),
                                "receiver", buyer.address(),
                                "piece_hash", data.pieces().get(piece),
                                "piece_index", piece,
                                "piece_size", PIECE,
                                "timestamp", Report.now()));
    }

    private JsonNode reputation(Wallet wallet) {
        return gateway.get("/reputation/" + wallet.address()).expect(200).json();
    }

    @Test
    void anAgentRegistersBindsAnnouncesReportsIsBlockedAndIsNoOperator() {
        String peerId = "2d414730313030" + "2d" + seller.secret().substring(0, 24);
        Map<String, Object> bound = binding(seller, peerId);
        assertThat(gateway.postJson("/bind-peer", bound)
                        .expect(200)
                        .json()
                        .path("peerId")
                        .asString())
                .isEqualTo(peerId);
        assertThat(gateway.postJson("/bind-peer", bound).expect(401).code()).isEqualTo("challenge-unknown");
        assertThat(gateway.postJson("/bind-peer", binding(buyer, peerId))
                        .expect(409)
                        .json()
                        .has("success"))
                .isFalse();
        assertThat(gateway.get("/resolve-peer?peerId=" + peerId)
                        .expect(200)
                        .json()
                        .path("ethAddress")
                        .asString())
                .isEqualTo(seller.address());
        gateway.get("/resolve-peer?peerId=" + "00".repeat(20)).expect(404);

        gateway.postJson("/announce", announcement(seller, "completed")).expect(200);
        Map<String, Object> announced = announcement(buyer, "started");
        JsonNode allowed = gateway.postJson("/announce", announced).expect(200).json();
        assertThat(allowed.path("status").asString()).isEqualTo("allowed");
        assertThat(allowed.path("peers").toString())
                .isEqualTo("[{\"address\":\"%s\",\"peerId\":\"%s\"}]".formatted(seller.address(), peerId));
        assertThat(allowed.path("ratio").isNull()).isTrue();
        assertThat(allowed.path("uploadBytes").asString()).isEqualTo(String.valueOf(ProductionStack.CREDIT));
        assertThat(gateway.postJson("/announce", announced).expect(401).code()).isEqualTo("challenge-unknown");
        Map<String, Object> turned = announcement(buyer, "started");
        turned.put("event", "stopped");
        assertThat(gateway.postJson("/announce", turned).expect(401).code()).isEqualTo("wrong-purpose");

        for (int piece = 0; piece < PIECES; piece++) {
            JsonNode receipt = receipt(piece);
            assertThat(report(receipt).expect(200).json().path("code").asString())
                    .isEqualTo("credited");
            if (piece == 0) {
                assertThat(report(receipt).expect(200).json().path("code").asString())
                        .isEqualTo("duplicate");
                gateway.postJson("/report", receipt).expect(401);
            }
        }
        long moved = (long) PIECES * PIECE;
        assertThat(reputation(seller).path("uploadBytes").asString())
                .isEqualTo(String.valueOf(ProductionStack.CREDIT + moved));
        JsonNode taken = reputation(buyer);
        assertThat(taken.path("downloadBytes").asString()).isEqualTo(String.valueOf(moved));
        assertThat(taken.path("ratio").asDouble()).isEqualTo(0.4);
        assertThat(taken.path("isRegistered").asBoolean()).isTrue();

        JsonNode blocked = gateway.postJson("/announce", announcement(buyer, "started"))
                .expect(403)
                .json();
        assertThat(blocked.path("status").asString()).isEqualTo("blocked");
        assertThat(blocked.path("peers").size()).isZero();
        assertThat(blocked.path("message").asString())
                .isEqualTo("Insufficient ratio. You need to upload 4 MB more to regain access.");
        assertThat(blocked.path("bytesOwed").asLong()).isEqualTo(moved / 2 - ProductionStack.CREDIT);

        gateway.postJson("/migrate", Map.of()).expect(404);
        gateway.ask("POST", "/migrate", Map.of("Authorization", "Bearer " + "a".repeat(40)), Map.of())
                .expect(404);
        operatorsDoor().postJson("/migrate", Map.of()).expect(401);
    }

    private static Http operatorsDoor() {
        String port = Part.of(ProductionStack.get(), "gateway").setting("PBTS_ADMIN_PORT");
        return new Http(URI.create("http://127.0.0.1:" + port));
    }

    private Http.Answer report(JsonNode receipt) {
        return gateway.ask("POST", "/report", sellersPasskey, receipt);
    }

    @Test
    void membersListWalletsAndTorrentsAndStrangersDoNot() {
        gateway.get("/users").expect(401);
        gateway.get("/torrents").expect(401);
        JsonNode users = gateway.ask("GET", "/users?limit=1", sellersPasskey, null)
                .expect(200)
                .json();
        assertThat(users.path("users").size()).isEqualTo(1);
        assertThat(users.path("more").asBoolean()).isTrue();
        JsonNode torrents = gateway.ask("GET", "/torrents", sellersPasskey, null)
                .expect(200)
                .json();
        assertThat(torrents.path("torrents").valueStream().map(torrent -> torrent.path("infohash")
                        .asString()))
                .contains(data.infoHash());
    }

    @Test
    void everyToolThatAnAgentIsToldOfIsThere() {
        JsonNode tools = gateway.get("/agent-tools").expect(200).json().path("tools");
        assertThat(tools.size()).isGreaterThanOrEqualTo(8);
        for (JsonNode tool : tools) {
            String path = tool.path("path").asString().replace("{address}", seller.address());
            String method = tool.path("method").asString();
            var answer = gateway.ask(method, path, Map.of(), method.equals("POST") ? List.of() : null);
            assertThat(answer.status())
                    .as("%s %s: %s", method, path, answer.text())
                    .isIn(200, 400, 401);
        }
    }
}
