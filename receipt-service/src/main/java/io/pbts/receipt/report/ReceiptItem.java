package io.pbts.receipt.report;

import static io.pbts.receipt.wire.JsonFields.invalid;
import static io.pbts.receipt.wire.JsonFields.required;
import static io.pbts.receipt.wire.JsonFields.sized;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.receipt.Bep10Receipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.databind.JsonNode;

/**
 * Reads one element of {@code receipts}: the tracker seed's object, to which {@code "version": 2} gives our own form's
 * meaning and {@code t_epoch} that of the BEP 10 extension; or the AI-agent variant's, which names {@code sender} and
 * {@code receiver}.
 */
final class ReceiptItem {
    private final JsonFields fields;
    private final ReceiptKind kind;
    private final boolean aggregated;

    private ReceiptItem(JsonFields fields, boolean aggregated) {
        this.fields = fields;
        this.kind = kind(fields);
        this.aggregated = aggregated;
    }

    /** @param aggregated whether the report has a signature for receipts that have none */
    static PostedItem read(JsonNode node, boolean aggregated) {
        try {
            JsonFields fields = JsonFields.of(node, "a receipt");
            return VariantItem.isMeant(fields) ? VariantItem.read(fields) : new ReceiptItem(fields, aggregated).read();
        } catch (Refusal unreadable) {
            return new PostedItem.Unreadable(unreadable.sentence(), OptionalInt.empty());
        }
    }

    private PostedReceipt read() {
        return new PostedReceipt(
                kind,
                infoHash(),
                key("sender_pk"),
                key(receiverField()),
                required("piece_index", fields.integer("piece_index")),
                pieceSize(),
                new PieceHash(sized("piece_hash", fields.hex("piece_hash"), 20, 32)),
                timestamp(),
                proof(),
                domain());
    }

    private static ReceiptKind kind(JsonFields fields) {
        long version = fields.integer("version").orElse(1L);
        if (version != 1 && version != 2) {
            throw invalid("version must be 2, or absent for the original form");
        }
        if (version == 1) {
            return fields.has("t_epoch") ? ReceiptKind.BEP10_V1 : ReceiptKind.HTTP_V1;
        }
        boolean wallet = fields.base64("receiver_public_key")
                .map(key -> key.size() == EthereumAddress.SIZE)
                .orElse(false);
        return wallet ? ReceiptKind.V2_SECP256K1 : ReceiptKind.V2_BLS;
    }

    /** BEP 10 messages and the clients that pass them on say {@code receiver_pk}. */
    private String receiverField() {
        return kind == ReceiptKind.BEP10_V1 && fields.has("receiver_pk") ? "receiver_pk" : "receiver_public_key";
    }

    private InfoHash infoHash() {
        InfoHash infoHash = new InfoHash(sized("infohash", fields.hex("infohash"), 20, 32));
        if (!kind.isBound() && infoHash.kind() != HashKind.V1) {
            throw invalid("infohash must have 20 bytes in the original form");
        }
        return infoHash;
    }

    private AccountKey key(String name) {
        Bytes key = kind.isBound()
                ? sized(name, fields.base64(name), AccountKey.Bls.SIZE, EthereumAddress.SIZE)
                : sized(name, fields.base64(name), AccountKey.Bls.SIZE);
        return key.size() == AccountKey.Bls.SIZE
                ? new AccountKey.Bls(key)
                : new AccountKey.Wallet(new EthereumAddress(key));
    }

    private Optional<Long> pieceSize() {
        Optional<Long> size = fields.integer("piece_size");
        return kind.isBound() ? Optional.of(required("piece_size", size)) : size;
    }

    private long timestamp() {
        if (kind != ReceiptKind.BEP10_V1) {
            return required("timestamp", fields.integer("timestamp"));
        }
        long epoch = required("t_epoch", fields.integer("t_epoch"));
        if (epoch < 0 || epoch > Bep10Receipt.MAX_EPOCH) {
            throw invalid("t_epoch must be hours since 1970");
        }
        return Bep10Receipt.lastSecond(epoch);
    }

    private Proof proof() {
        if (aggregated && !fields.has("signature")) {
            if (kind == ReceiptKind.V2_SECP256K1) {
                throw invalid("signature is missing: wallets are in no aggregate");
            }
            return new Proof.InAggregate();
        }
        int size = kind == ReceiptKind.V2_SECP256K1 ? Secp256k1.SIGNATURE_SIZE : BlsSignature.SIZE;
        return new Proof.Single(sized("signature", fields.base64("signature"), size));
    }

    private Optional<ReceiptDomain> domain() {
        Optional<Bytes> domain = fields.hex("domain");
        return domain.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReceiptDomain(Bytes32.wrap(sized("domain", domain, Bytes32.SIZE))));
    }
}
