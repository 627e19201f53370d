package io.pbts.agent.receipts;

import io.pbts.agent.queue.Kept;
import io.pbts.agent.queue.Kept.State;
import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.SignedReceipt;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receipts with one signature in one line of JSON: state, domain, and the body that {@code POST /api/v1/reports} takes. */
final class ReceiptLine {

    private ReceiptLine() {}

    static Map<String, Object> fields(Kept kept) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", word(kept.state()));
        fields.put("domain", kept.domain().hex());
        fields.put("report", report(kept.earned()));
        return fields;
    }

    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> report(Earned earned) {
        return switch (earned) {
            case SignedReceipt(ReceiptV2 receipt, Bytes signature) -> {
                Map<String, Object> one = fields(receipt);
                one.put("signature", signature.toUnprefixedHexString());
                yield Map.of("receipts", List.of(one));
            }
            case Earned.Batch(List<ReceiptV2> receipts, Bytes signature) ->
                Map.of(
                        "receipts",
                        List.of(),
                        "batches",
                        List.of(Map.of(
                                "signature",
                                signature.toUnprefixedHexString(),
                                "receipts",
                                receipts.stream().map(ReceiptLine::fields).toList())));
            case Earned.InSession(StatedSession session, ReceiptV2 receipt, Bytes signature) -> {
                Map<String, Object> one = fields(receipt);
                one.put("form", "session");
                one.put("session", 0);
                one.put("signature", signature.toUnprefixedHexString());
                yield Map.of("receipts", List.of(one), "sessions", List.of(fields(session)));
            }
        };
    }

    /** A receipt without what proves it. */
    static Map<String, Object> fields(ReceiptV2 receipt) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("info_hash", receipt.infoHash().hex());
        fields.put("sender", key(receipt.sender()));
        fields.put("receiver", key(receipt.receiver()));
        fields.put("piece_index", receipt.index().value());
        fields.put("piece_length", receipt.length().bytes());
        fields.put("piece_hash", receipt.pieceHash().bytes().toUnprefixedHexString());
        fields.put("signed_at", receipt.timestamp());
        return fields;
    }

    private static Map<String, Object> fields(StatedSession session) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("info_hash", session.infoHash().hex());
        fields.put("sender", key(session.sender()));
        fields.put("receiver", key(session.receiver()));
        fields.put("session_id", session.sessionId().toUnprefixedHexString());
        fields.put("session_key", session.sessionKey().toUnprefixedHexString());
        fields.put("from", session.from());
        fields.put("to", session.to());
        fields.put("signature", session.signature().toUnprefixedHexString());
        return fields;
    }

    /**
     * Reads {@link #fields} in JSON.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Kept parse(String line) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        ReceiptDomain domain = ReceiptDomain.fromHex(text(json, "domain"));
        State state = text(json, "state").equals("refused") ? State.REFUSED : State.WAITING;
        return new Kept(state, domain, earned(domain, json.path("report")));
    }

    private static Earned earned(ReceiptDomain domain, JsonNode report) {
        JsonNode batch = report.path("batches").path(0);
        if (batch.isObject()) {
            List<ReceiptV2> receipts = batch.path("receipts")
                    .valueStream()
                    .map(receipt -> receipt(domain, receipt))
                    .toList();
            return new Earned.Batch(receipts, bytes(batch, "signature"));
        }
        JsonNode stated = report.path("receipts").path(0);
        ReceiptV2 receipt = receipt(domain, stated);
        Bytes signature = bytes(stated, "signature");
        JsonNode session = report.path("sessions").path(0);
        return session.isObject()
                ? new Earned.InSession(session(session), receipt, signature)
                : new SignedReceipt(receipt, signature);
    }

    private static ReceiptV2 receipt(ReceiptDomain domain, JsonNode json) {
        return new ReceiptV2(
                domain,
                InfoHash.fromHex(text(json, "info_hash")),
                key(text(json, "sender")),
                key(text(json, "receiver")),
                new PieceIndex(json.path("piece_index").asLong(-1)),
                new PieceLength(json.path("piece_length").asLong(-1)),
                PieceHash.fromHex(text(json, "piece_hash")),
                json.path("signed_at").asLong(-1));
    }

    private static StatedSession session(JsonNode json) {
        return new StatedSession(
                InfoHash.fromHex(text(json, "info_hash")),
                key(text(json, "sender")),
                new AccountKey.Bls(bytes(json, "receiver")),
                Bytes32.wrap(bytes(json, "session_id")),
                bytes(json, "session_key"),
                json.path("from").asLong(-1),
                json.path("to").asLong(-1),
                bytes(json, "signature"));
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }

    private static Bytes bytes(JsonNode json, String field) {
        return Bytes.fromHexString(text(json, field));
    }

    /** A key as {@code /api/v1} writes it. */
    static String key(AccountKey key) {
        return switch (key) {
            case AccountKey.Bls bls -> bls.bytes().toUnprefixedHexString();
            case AccountKey.Wallet(EthereumAddress address) -> address.checksummed();
        };
    }

    private static AccountKey key(String text) {
        return text.startsWith("0x")
                ? new AccountKey.Wallet(EthereumAddress.parse(text))
                : new AccountKey.Bls(Bytes.fromHexString(text));
    }
}
