package io.pbts.receipt.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.support.testing.ApiDocument;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What does not exist outside {@code local}, and what is answered there as everywhere. */
class ProductionRoutesTest extends ProductionTracker {

    @ParameterizedTest
    @ValueSource(strings = {"/keygen", "/attest"})
    void handlesNoSecretKeys(String route) {
        Reply reply = http.post(route, Map.of("receiver_private_key", "x"));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("success").asBoolean(true)).isFalse();
    }

    @Test
    void letsNobodyConfigureIt() {
        Reply reply = http.post("/config", Map.of("receipt_window", 60));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(http.get("/config").json().path("receipt_window").asLong()).isEqualTo(3600);
    }

    @Test
    void answersTheTrustedEnvironmentsRoutesAsWithoutOne() {
        Reply status = http.get("/tee/status");
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.json().path("tee_available").asBoolean(true)).isFalse();
        assertThat(status.json().path("tee_mode").asString()).isEqualTo("unavailable");
        assertThat(status.json().path("error").asString()).startsWith("TEE not available");
        assertThat(http.postText("/keygen-tee", "").status()).isEqualTo(503);
        assertThat(http.post("/generate-attestation", Map.of()).error()).isEqualTo("Missing payload");
        assertThat(http.post("/generate-attestation", Map.of("payload", "p")).status())
                .isEqualTo(503);
        Reply missing = http.post("/verify-attestation", Map.of("quote", "00"));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.error()).isEqualTo("Missing quote or expected_payload");
        assertThat(http.post("/verify-attestation", Map.of("quote", "00", "expected_payload", "p"))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void verifiesReceiptsForAccountsOnly() {
        Map<String, Object> receipt = draft(300).v2();
        receipt.put("sender_public_key", receipt.get("sender_pk"));
        receipt.put("receipt", receipt.get("signature"));
        Reply anonymous = http.post("/verify-receipt", receipt);
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.json().path("success").asBoolean(true)).isFalse();
        Reply known = http.post(
                "/verify-receipt", receipt, "X-PBTS-Passkey", sender.passkey().value());
        assertThat(known.json().path("valid").asBoolean()).isTrue();
    }

    @Test
    void takesOnlyItsOwnFormOfReceipts() {
        assertThat(http.asService("reputation")
                        .get("/internal/v1/limits")
                        .json()
                        .path("kinds")
                        .toString())
                .isEqualTo("[\"v2-bls\",\"v2-secp256k1\"]");
    }

    @Test
    void refusesWrongMethodsPathsAndParametersWithoutAFault() {
        assertThat(http.get("/report").status()).isEqualTo(405);
        assertThat(http.get("/no/such/route").status()).isEqualTo(404);
        assertThat(http.asService("contract")
                        .get("/internal/v1/credits?limit=many")
                        .status())
                .isEqualTo(400);
        assertThat(http.asService("contract")
                        .get("/internal/v1/credits?after=yesterday")
                        .status())
                .isEqualTo(400);
        assertThat(http.asService("contract")
                        .get("/internal/v1/credits?limit=0")
                        .status())
                .isEqualTo(200);
        String passkey = sender.passkey().value();
        assertThat(http.postText("/report", "<a/>", "Content-Type", "text/xml", "X-PBTS-Passkey", passkey)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void handsOutCreditsToOtherServices() {
        report(sender, draft(301).v2());
        String page = http.asService("contract")
                .get("/internal/v1/credits?after=&limit=1000")
                .text();
        assertThat(page).contains(sender.account().chainAccount().hex()).contains("\"rows_root\"");
    }

    @Test
    void describesItsRoutesWithTheNamesOnTheWire() {
        JsonNode api = http.asService("gateway").get("/v3/api-docs").json();
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.path("paths").propertyNames())
                .contains("/report", "/verify-receipt", "/config", "/internal/v1/credits", "/internal/v1/limits")
                .doesNotContain("/keygen", "/attest");
        assertThat(api.path("paths").path("/config").has("post")).isFalse();
        assertThat(properties(api, "Report"))
                .containsExactlyInAnyOrder("user_id", "public_key", "uploaded_delta", "downloaded_delta", "receipts");
        assertThat(properties(api, "Receipt")).containsAll(draft(0).v2().keySet());
        assertThat(properties(api, "ReportAnswer"))
                .containsExactlyInAnyOrderElementsOf(report(sender).json().propertyNames());
        assertThat(properties(api, "Batch"))
                .containsExactlyInAnyOrder("batch_seq", "receipt_count", "rows_root", "deltas");
        ApiDocument.requireCommitted("receipt-service", api);
    }

    private static Collection<String> properties(JsonNode api, String schema) {
        return api.path("components")
                .path("schemas")
                .path(schema)
                .path("properties")
                .propertyNames();
    }
}
