package io.pbts.receipt.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.receipt.testing.Neighbours.Owner;
import io.pbts.receipt.testing.World;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tracker seed's other routes, as its documents call them. */
class LocalRoutesTest extends LocalTracker {

    @AfterEach
    void originalWindow() {
        http.post("/config", Map.of("receipt_window", 3600));
    }

    @Test
    void makesAKeyPairForAnEmptyBody() {
        Reply reply = http.postText("/keygen", "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(new TreeSet<>(reply.json().propertyNames()))
                .containsExactly(
                        "key_type",
                        "private_key",
                        "private_key_size",
                        "public_key",
                        "public_key_size",
                        "success",
                        "warning");
        assertThat(Base64.getDecoder().decode(reply.json().path("private_key").asString()))
                .hasSize(32);
        assertThat(Base64.getDecoder().decode(reply.json().path("public_key").asString()))
                .hasSize(48);
        assertThat(reply.json().path("key_type").asString()).isEqualTo("BLS12-381");
        assertThat(reply.json().path("warning").asString()).contains("local profile only");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(http.postText("/keygen", "").json().path("private_key"))
                .isNotEqualTo(reply.json().path("private_key"));
    }

    @Test
    void signsAReceiptThatThenVerifiesAndIsCredited() {
        Reply attested = http.post("/attest", attestation(0));
        assertThat(attested.status()).isEqualTo(200);
        assertThat(attested.json().path("message").asString()).isEqualTo("Receipt generated successfully");
        assertThat(attested.json().path("warning").asString()).contains("local profile only");
        Map<String, Object> receipt = draft(0).original();
        receipt.put("timestamp", attested.json().path("timestamp").asLong());
        receipt.put("signature", attested.json().path("receipt").asString());
        assertThat(report(sender, receipt).codes()).containsExactly("credited");
        assertThat(verify(receipt, Map.of()).json().path("valid").asBoolean()).isTrue();
    }

    @Test
    void signsOurOwnFormToo() {
        Map<String, Object> asked = attestation(1);
        asked.put("version", 2);
        asked.put("piece_size", PIECE);
        Reply attested = http.post("/attest", asked);
        Map<String, Object> receipt = draft(1).v2();
        receipt.put("timestamp", attested.json().path("timestamp").asLong());
        receipt.put("signature", attested.json().path("receipt").asString());
        assertThat(report(sender, receipt).codes()).containsExactly("credited");
    }

    @Test
    void refusesToAttestWithoutItsParametersOrWithWrongOnes() {
        assertThat(http.post("/attest", Map.of()).error()).isEqualTo("Missing required parameters");
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("receiver_private_key", Base64.getEncoder().encodeToString(new byte[32]));
        wrong.put("sender_public_key", "AAAA");
        wrong.put("piece_hash", "zz");
        wrong.put("piece_index", "0");
        wrong.put("infohash", "00");
        wrong.put("timestamp", -5);
        wrong.forEach((field, value) -> {
            Map<String, Object> asked = attestation(2);
            asked.put(field, value);
            Reply reply = http.post("/attest", asked);
            assertThat(reply.status()).as(field).isEqualTo(400);
            assertThat(reply.json().path("success").asBoolean(true)).isFalse();
            assertThat(reply.text()).doesNotContain((String) asked.get("receiver_private_key"));
        });
    }

    /** Signatures of an independent implementation (noble-curves), PROTOCOL 2.5: the receiver's secret key is 2. */
    @Test
    void verifiesTheGoldenVectorsOfTheOriginalForm() {
        Map<String, Object> sha1 = golden(
                "28ace83a91574c68c9028e4a3efe081f1aed2cd0",
                "826556da339db3e22a6291eade072060d8851df4678615187e8874b986e272d34807cf48ad5774b6baf3825d8e5244a1"
                        + "17d8b86498f3854834eb086a8691aff85aba239478a93a7b39084c0a9b4fbb24b6c33b82a2d19bbd9859446ca6da4559");
        Map<String, Object> sha256 = golden(
                "728aba7ab087d04e61d75dd2f89247286ff2e6af817a4b1ebe3826ee91a716fe",
                "b3b6b8c6346a518cc11078678e6ad7fdc7e121448af80de13c02ff9aa5fa14853df7bb18b015e8e499d3d75ae8dbc869"
                        + "160ef59146171a37a125eac1bd78fd02a80c90381cdc2ebb9e77c0f5d0cd842290ebb876ff6fdceed880803c366f330c");
        for (Map<String, Object> vector : List.of(sha1, sha256)) {
            Reply reply = http.post("/verify-receipt", vector);
            assertThat(reply.text()).isEqualTo("{\"success\":true,\"valid\":true,\"message\":\"Receipt is valid\"}");
            vector.put("piece_index", 1);
            assertThat(http.post("/verify-receipt", vector).text())
                    .isEqualTo("{\"success\":true,\"valid\":false,\"message\":\"Receipt is invalid\"}");
        }
    }

    @Test
    void verifiesOurOwnFormForThisTrackerOrForAStatedDomain() {
        Map<String, Object> receipt = draft(3).v2();
        assertThat(valid(receipt, Map.of("version", 2, "piece_size", PIECE))).isTrue();
        assertThat(valid(receipt, Map.of("version", 2, "piece_size", PIECE, "domain", Draft.DOMAIN.hex())))
                .isTrue();
        assertThat(valid(receipt, Map.of("version", 2, "piece_size", PIECE, "domain", "00".repeat(32))))
                .isFalse();
        assertThat(valid(receipt, Map.of("version", 2, "piece_size", PIECE + 1)))
                .isFalse();
        assertThat(valid(receipt, Map.of())).isFalse();
    }

    @Test
    void refusesToVerifyWhatIsMissingOrMalformed() {
        assertThat(verify(draft(4).original(), Map.of("timestamp", 0)).error())
                .isEqualTo("Missing required parameters");
        assertThat(http.post("/verify-receipt", Map.of()).error()).isEqualTo("Missing required parameters");
        Map.of(
                        "receiver_public_key", "AAAA",
                        "sender_public_key", 7,
                        "piece_hash", "0xab",
                        "piece_index", -1,
                        "infohash", "ab",
                        "timestamp", 1.5,
                        "receipt", "?")
                .forEach((field, value) -> {
                    Reply reply = verify(draft(4).original(), Map.of(field, value));
                    assertThat(reply.status()).as(field).isEqualTo(400);
                    assertThat(reply.error()).contains(field);
                });
        String noPoint = Base64.getEncoder().encodeToString(new byte[96]);
        assertThat(valid(draft(4).original(), Map.of("receipt", noPoint))).isFalse();
        assertThat(valid(draft(4).original(), Map.of("receipt", "AAAA"))).isFalse();
    }

    @Test
    void showsTheConfigurationThatTheOthersOwn() {
        long used = WORLD.number("select count(*) from receipt.receipt_key");
        Reply reply = http.get("/config");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("instance_id").asString()).isEqualTo(World.INSTANCE.hex());
        assertThat(reply.json().path("verify_signatures").asBoolean()).isTrue();
        assertThat(reply.json().path("receipt_window").asLong()).isEqualTo(3600);
        assertThat(reply.json().path("min_ratio").asDouble()).isEqualTo(0.5);
        assertThat(reply.json().path("max_peers").asInt()).isEqualTo(50);
        assertThat(reply.json().path("tee_available").asBoolean(true)).isFalse();
        assertThat(reply.json().path("used_receipts_count").asLong()).isLessThanOrEqualTo(used);
        report(sender, draft(5).v2());
        eventually(() -> http.get("/config").json().path("used_receipts_count").asLong()
                == WORLD.number("select count(*) from receipt.receipt_key"));
    }

    @Test
    void showsNoHalfConfigurationWhenAnOwnerIsAway() {
        for (Owner owner : new Owner[] {Owner.REPUTATION, Owner.ANNOUNCE}) {
            NEIGHBOURS.goAway(owner);
            Reply reply = http.get("/config");
            assertThat(reply.status()).as(owner.name()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isNotEmpty();
            NEIGHBOURS.comeBack();
        }
    }

    @Test
    void changesTheWindowOfTheOriginalsOnlyAndOnlyWithinBounds() {
        assertThat(http.post("/config", Map.of("receipt_window", 60)).text())
                .isEqualTo("{\"success\":true,\"message\":\"Configuration updated\"}");
        assertThat(http.get("/config").json().path("receipt_window").asLong()).isEqualTo(60);
        assertThat(report(
                                sender,
                                draft(6).signedIn(-90).original(),
                                draft(6).signedIn(-90).v2())
                        .codes())
                .containsExactly("stale", "credited");
        for (Object wrong : new Object[] {0, -1, 604_801, "60", 1.5, true}) {
            Reply reply = http.post("/config", Map.of("receipt_window", wrong));
            assertThat(reply.status()).as(String.valueOf(wrong)).isEqualTo(400);
            assertThat(reply.error()).contains("receipt_window");
        }
        assertThat(http.get("/config").json().path("receipt_window").asLong()).isEqualTo(60);
    }

    @Test
    void takesTheSeedsConfigurationCallWithCurlsDefaultContentType() {
        Reply reply = http.postText(
                "/config", "{\"verify_signatures\": true}", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(reply.text()).isEqualTo("{\"success\":true,\"message\":\"Configuration updated\"}");
        assertThat(http.post("/config", Map.of("tee_mode", "enabled"))
                        .json()
                        .path("warning")
                        .asString())
                .contains("without a TEE");
    }

    @Test
    void tellsItsLimits() {
        assertThat(http.asService("reputation").get("/internal/v1/limits").text())
                .isEqualTo("""
                        {"kinds":["v2-bls","v2-secp256k1","http-v1","bep10-v1","eip191-v1"],"windows":{\
                        "v2-bls":{"past_seconds":604800,"future_seconds":120},\
                        "v2-secp256k1":{"past_seconds":604800,"future_seconds":120},\
                        "http-v1":{"past_seconds":3600,"future_seconds":120},\
                        "bep10-v1":{"past_seconds":3600,"future_seconds":3719},\
                        "eip191-v1":{"past_seconds":300,"future_seconds":120}},"max_receipts_per_report":256,\
                        "max_report_bytes":1048576,"acknowledgement_keys":["%s"]}""".formatted(World.acknowledgementKey().hex()));
    }

    private Map<String, Object> attestation(int piece) {
        Map<String, Object> receipt = draft(piece).original();
        Map<String, Object> asked = new HashMap<>();
        asked.put("receiver_private_key", Draft.base64(receiver.secret().expose()));
        asked.put("sender_public_key", receipt.get("sender_pk"));
        asked.put("piece_hash", receipt.get("piece_hash"));
        asked.put("piece_index", receipt.get("piece_index"));
        asked.put("infohash", receipt.get("infohash"));
        return asked;
    }

    private boolean valid(Map<String, Object> receipt, Map<String, ?> changes) {
        Reply reply = verify(receipt, changes);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("valid").asBoolean();
    }

    private Reply verify(Map<String, Object> receipt, Map<String, ?> changes) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("receiver_public_key", receipt.get("receiver_public_key"));
        asked.put("sender_public_key", receipt.get("sender_pk"));
        asked.put("piece_hash", receipt.get("piece_hash"));
        asked.put("piece_index", receipt.get("piece_index"));
        asked.put("infohash", receipt.get("infohash"));
        asked.put("timestamp", receipt.get("timestamp"));
        asked.put("receipt", receipt.get("signature"));
        asked.putAll(changes);
        return http.post("/verify-receipt", asked);
    }

    private static Map<String, Object> golden(String pieceHash, String signature) {
        Map<String, Object> vector = new HashMap<>();
        vector.put(
                "receiver_public_key",
                base64(
                        "a572cbea904d67468808c8eb50a9450c9721db309128012543902d0ac358a62ae28f75bb8f1c7c42c39a8c5529bf0f4e"));
        vector.put(
                "sender_public_key",
                base64(
                        "89ece308f9d1f0131765212deca99697b112d61f9be9a5f1f3780a51335b3ff981747a0b2ca2179b96d2c0c9024e5224"));
        vector.put("piece_hash", pieceHash);
        vector.put("piece_index", 0);
        vector.put("infohash", "09be306d741df5cc84731d4025ef3267650f7960");
        vector.put("timestamp", 1_700_000_000L);
        vector.put("receipt", base64(signature));
        return vector;
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(java.util.HexFormat.of().parseHex(hex));
    }
}
