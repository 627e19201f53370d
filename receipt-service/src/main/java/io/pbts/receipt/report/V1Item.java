package io.pbts.receipt.report;

import static io.pbts.receipt.wire.JsonFields.invalid;
import static io.pbts.receipt.wire.JsonFields.required;
import static io.pbts.receipt.wire.JsonFields.sized;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads one receipt v2 of {@code /api/v1/reports}: hexadecimal throughout, wallets with {@code 0x} and checksum.
 *
 * @param aggregated whether the report has a signature for receipts that have none
 * @param sessions that it has
 */
record V1Item(boolean aggregated, List<Optional<StatedSession>> sessions) {
    private static final Set<String> IN_BATCH =
            Set.of("info_hash", "sender", "receiver", "piece_index", "piece_length", "piece_hash", "signed_at");
    private static final Set<String> ALONE = Set.of(
            "info_hash",
            "sender",
            "receiver",
            "piece_index",
            "piece_length",
            "piece_hash",
            "signed_at",
            "signature",
            "form",
            "session");

    PostedItem read(JsonNode node) {
        JsonFields fields = JsonFields.of(node, "A receipt").onlyNamed(ALONE);
        try {
            AccountKey receiver = key("receiver", fields);
            return receipt(fields, receiver, proof(fields, receiver));
        } catch (Refusal unreadable) {
            return new PostedItem.Unreadable(unreadable.sentence(), OptionalInt.empty());
        }
    }

    PostedItem readInBatch(JsonNode node, int batch) {
        JsonFields fields = JsonFields.of(node, "A receipt").onlyNamed(IN_BATCH);
        try {
            return receipt(fields, key("receiver", fields), new Proof.InBatch(batch));
        } catch (Refusal unreadable) {
            return new PostedItem.Unreadable(unreadable.sentence(), OptionalInt.of(batch));
        }
    }

    private static PostedReceipt receipt(JsonFields fields, AccountKey receiver, Proof proof) {
        InfoHash infoHash = new InfoHash(sized("info_hash", fields.hex("info_hash"), 20, 32));
        return new PostedReceipt(
                ReceiptKind.v2(receiver),
                infoHash,
                key("sender", fields),
                receiver,
                required("piece_index", fields.integer("piece_index")),
                Optional.of(required("piece_length", fields.integer("piece_length"))),
                new PieceHash(sized(
                        "piece_hash", fields.hex("piece_hash"), infoHash.kind().size())),
                required("signed_at", fields.integer("signed_at")),
                proof,
                Optional.empty());
    }

    private Proof proof(JsonFields fields, AccountKey receiver) {
        SignatureForm form = form(fields);
        boolean wallet = receiver.kind() == AccountKey.Kind.ADDRESS;
        return switch (form) {
            case SINGLE ->
                new Proof.Single(sized(
                        "signature", fields.hex("signature"), wallet ? Secp256k1.SIGNATURE_SIZE : BlsSignature.SIZE));
            case TYPED -> {
                require(wallet, "only wallets sign typed data");
                yield new Proof.Typed(sized("signature", fields.hex("signature"), Secp256k1.SIGNATURE_SIZE));
            }
            case AGGREGATE -> {
                require(!wallet, "signature is missing: wallets are in no aggregate");
                require(aggregated, "signature is missing, and the report has no aggregate_signature");
                require(!fields.has("signature"), "a receipt of the aggregate has no signature of its own");
                yield new Proof.InAggregate();
            }
            case SESSION -> {
                require(!wallet, "only BLS keys certify sessions");
                long session = required("session", fields.integer("session"));
                require(session >= 0 && session < sessions.size(), "session must be the place of one in sessions");
                yield new Proof.InSession(
                        (int) session, sized("signature", fields.hex("signature"), Secp256k1.COMPACT_SIZE));
            }
            case BATCH -> throw invalid("form: receipts of a batch stand in batches");
        };
    }

    private static SignatureForm form(JsonFields fields) {
        return fields.text("form")
                .map(name -> SignatureForm.ofWireName(name)
                        .orElseThrow(() -> invalid("form must be single, typed, aggregate or session")))
                .orElseGet(() -> defaultForm(fields));
    }

    private static SignatureForm defaultForm(JsonFields fields) {
        if (fields.has("session")) {
            return SignatureForm.SESSION;
        }
        return fields.has("signature") ? SignatureForm.SINGLE : SignatureForm.AGGREGATE;
    }

    /** 96 digits of a BLS key, or a wallet's address. */
    static AccountKey key(String name, JsonFields fields) {
        String text = required(name, fields.text(name));
        if (text.startsWith("0x")) {
            return new AccountKey.Wallet(required(name, fields.address(name)));
        }
        try {
            return new AccountKey.Bls(Hex.decode(text, AccountKey.Bls.SIZE));
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(
                    400, "invalid-field", name + " must be 96 hexadecimal digits, or 0x and 40 of a wallet", malformed);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw invalid(otherwise);
        }
    }
}
