package io.pbts.receipt.report;

import static io.pbts.receipt.wire.JsonFields.sized;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.receipt.ledger.Claim;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedReport;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;

/**
 * The body of a report in the tracker seed's shape. A receipt that cannot be read is its own result, not the report's.
 *
 * @param userId who says it reports
 */
record ReportBody(String userId, Claim claim, PostedReport report) {

    static ReportBody read(JsonFields fields, int maxReceipts) {
        String userId = fields.text("user_id")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new Refusal(400, "missing-user-id", "Missing user_id"));
        requireKey(fields);
        Claim claim = new Claim(delta(fields, "uploaded_delta"), delta(fields, "downloaded_delta"));
        List<JsonNode> receipts = fields.list("receipts");
        requireAtMost(maxReceipts, receipts.size());
        Optional<Bytes> aggregate = fields.base64("aggregate_signature");
        aggregate.ifPresent(signature -> sized("aggregate_signature", aggregate, BlsSignature.SIZE));
        List<PostedItem> items = receipts.stream()
                .map(receipt -> ReceiptItem.read(receipt, aggregate.isPresent()))
                .toList();
        return new ReportBody(userId, claim, new PostedReport(items, List.of(), List.of(), aggregate));
    }

    /** Refuses a report with too many receipts, before one of them is read. */
    static void requireAtMost(int maxReceipts, int receipts) {
        if (receipts > maxReceipts) {
            throw new Refusal(
                    413,
                    "too-many-receipts",
                    "%d receipts in one report; at most %d, send the rest in another one"
                            .formatted(receipts, maxReceipts));
        }
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
