package io.pbts.receipt.report;

import static io.pbts.receipt.wire.JsonFields.invalid;
import static io.pbts.receipt.wire.JsonFields.required;
import static io.pbts.receipt.wire.JsonFields.sized;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedReport;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON of {@code /api/v1/reports}. A field that is not known, wherever it stands, refuses the report; a receipt
 * that cannot be read otherwise is its own result.
 */
final class V1Body {
    private static final Set<String> REPORT = Set.of("receipts", "batches", "sessions", "aggregate_signature");
    private static final Set<String> BATCH = Set.of("signature", "receipts");
    private static final Set<String> SESSION =
            Set.of("info_hash", "sender", "receiver", "session_id", "session_key", "from", "to", "signature");

    private final JsonFields body;
    private final int maxReceipts;
    private final List<PostedItem> items = new ArrayList<>();
    private final List<Bytes> signatures = new ArrayList<>();

    private V1Body(JsonFields body, int maxReceipts) {
        this.body = body;
        this.maxReceipts = maxReceipts;
    }

    static PostedReport read(@Nullable JsonNode node, int maxReceipts) {
        return new V1Body(JsonFields.of(node, "The body").onlyNamed(REPORT), maxReceipts).read();
    }

    private PostedReport read() {
        List<JsonNode> receipts = body.list("receipts");
        List<JsonFields> batches = objects("batches", BATCH);
        List<JsonFields> sessions = objects("sessions", SESSION);
        ReportBody.requireAtMost(
                maxReceipts,
                receipts.size()
                        + batches.stream()
                                .mapToInt(batch -> batch.list("receipts").size())
                                .sum());
        Optional<Bytes> aggregate = body.hex("aggregate_signature");
        aggregate.ifPresent(_ -> sized("aggregate_signature", aggregate, BlsSignature.SIZE));
        List<Optional<StatedSession>> stated =
                sessions.stream().map(V1Body::session).toList();
        var item = new V1Item(aggregate.isPresent(), stated);
        receipts.forEach(receipt -> items.add(item.read(receipt)));
        batches.forEach(batch -> readBatch(batch, item));
        return new PostedReport(items, signatures, stated, aggregate);
    }

    private void readBatch(JsonFields batch, V1Item item) {
        int number = signatures.size();
        List<JsonNode> receipts = batch.list("receipts");
        if (receipts.isEmpty()) {
            throw invalid("a batch has at least one receipt");
        }
        signatures.add(required("signature", batch.hex("signature")));
        receipts.forEach(receipt -> items.add(item.readInBatch(receipt, number)));
    }

    private List<JsonFields> objects(String name, Set<String> names) {
        List<JsonNode> nodes = body.list(name);
        ReportBody.requireAtMost(maxReceipts, nodes.size());
        return nodes.stream()
                .map(node -> JsonFields.of(node, "An element of " + name).onlyNamed(names))
                .toList();
    }

    /** Empty when it cannot be read: then nothing was signed for it. */
    private static Optional<StatedSession> session(JsonFields fields) {
        try {
            if (!(V1Item.key("receiver", fields) instanceof AccountKey.Bls receiver)) {
                return Optional.empty();
            }
            return Optional.of(new StatedSession(
                    new InfoHash(sized("info_hash", fields.hex("info_hash"), 20, 32)),
                    V1Item.key("sender", fields),
                    receiver,
                    Bytes32.wrap(sized("session_id", fields.hex("session_id"), Bytes32.SIZE)),
                    sized("session_key", fields.hex("session_key"), SessionCertificate.SESSION_KEY_SIZE),
                    required("from", fields.integer("from")),
                    required("to", fields.integer("to")),
                    sized("signature", fields.hex("signature"), BlsSignature.SIZE)));
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }
}
