package io.pbts.receipt.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.receipt.ledger.Claim;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of a report in the tracker seed's shape. Receipts stay unread: a bad one is its own result, not the report's.
 *
 * @param userId who says it reports
 */
record ReportBody(String userId, Claim claim, List<JsonNode> receipts) {

    static ReportBody read(@Nullable JsonNode node, int maxReceipts) {
        JsonFields fields = JsonFields.of(node, "The body");
        String userId = fields.text("user_id")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new Refusal(400, "missing-user-id", "Missing user_id"));
        requireKey(fields);
        Claim claim = new Claim(delta(fields, "uploaded_delta"), delta(fields, "downloaded_delta"));
        List<JsonNode> receipts = fields.list("receipts");
        if (receipts.size() > maxReceipts) {
            throw new Refusal(
                    413,
                    "too-many-receipts",
                    "%d receipts in one report; at most %d, send the rest in another one"
                            .formatted(receipts.size(), maxReceipts));
        }
        return new ReportBody(userId, claim, receipts);
    }

    /** The original skips verification when the caller's key is unreadable. Here it is an error like any other. */
    private static void requireKey(JsonFields fields) {
        fields.base64("public_key").ifPresent(key -> {
            if (key.size() != AccountKey.Bls.SIZE) {
                throw JsonFields.invalid(
                        "public_key must have %d bytes, not %d".formatted(AccountKey.Bls.SIZE, key.size()));
            }
        });
    }

    private static long delta(JsonFields fields, String name) {
        long delta = fields.integer(name).orElse(0L);
        if (delta < 0) {
            throw JsonFields.invalid(name + " must not be negative");
        }
        return delta;
    }
}
