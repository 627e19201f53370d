package io.pbts.receipt.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.wire.JsonFields;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.databind.JsonNode;

/**
 * Reads one element of {@code receipts}: the tracker seed's object, to which {@code "version": 2} gives our own form's
 * meaning. Throws a {@link io.pbts.support.Refusal} that names the field.
 */
final class ReceiptItem {
    private final JsonFields fields;
    private final ReceiptKind kind;

    private ReceiptItem(JsonFields fields) {
        this.fields = fields;
        this.kind = kind(fields);
    }

    static PostedReceipt read(JsonNode node) {
        return new ReceiptItem(JsonFields.of(node, "a receipt")).read();
    }

    private PostedReceipt read() {
        return new PostedReceipt(
                kind,
                infoHash(),
                sender(),
                new AccountKey.Bls(sized("receiver_public_key", fields.base64("receiver_public_key"), 48)),
                required("piece_index", fields.integer("piece_index")),
                pieceSize(),
                new PieceHash(sized("piece_hash", fields.hex("piece_hash"), 20, 32)),
                required("timestamp", fields.integer("timestamp")),
                sized("signature", fields.base64("signature"), BlsSignature.SIZE),
                domain());
    }

    private static ReceiptKind kind(JsonFields fields) {
        long version = fields.integer("version").orElse(1L);
        if (version != 1 && version != 2) {
            throw JsonFields.invalid("version must be 2, or absent for the original form");
        }
        return version == 2 ? ReceiptKind.V2_BLS : ReceiptKind.HTTP_V1;
    }

    private InfoHash infoHash() {
        InfoHash infoHash = new InfoHash(sized("infohash", fields.hex("infohash"), 20, 32));
        if (kind == ReceiptKind.HTTP_V1 && infoHash.kind() != HashKind.V1) {
            throw JsonFields.invalid("infohash must have 20 bytes in the original form");
        }
        return infoHash;
    }

    private AccountKey sender() {
        Bytes key = kind == ReceiptKind.HTTP_V1
                ? sized("sender_pk", fields.base64("sender_pk"), AccountKey.Bls.SIZE)
                : sized("sender_pk", fields.base64("sender_pk"), AccountKey.Bls.SIZE, EthereumAddress.SIZE);
        return key.size() == AccountKey.Bls.SIZE
                ? new AccountKey.Bls(key)
                : new AccountKey.Wallet(new EthereumAddress(key));
    }

    private Optional<Long> pieceSize() {
        Optional<Long> size = fields.integer("piece_size");
        return kind == ReceiptKind.HTTP_V1 ? size : Optional.of(required("piece_size", size));
    }

    private Optional<ReceiptDomain> domain() {
        Optional<Bytes> domain = fields.hex("domain");
        return domain.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReceiptDomain(Bytes32.wrap(sized("domain", domain, Bytes32.SIZE))));
    }

    private static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> JsonFields.invalid(name + " is missing"));
    }

    private static Bytes sized(String name, Optional<Bytes> value, int... sizes) {
        Bytes bytes = required(name, value);
        for (int size : sizes) {
            if (bytes.size() == size) {
                return bytes;
            }
        }
        String wanted = sizes.length == 1 ? String.valueOf(sizes[0]) : sizes[0] + " or " + sizes[1];
        throw JsonFields.invalid("%s must have %s bytes, not %d".formatted(name, wanted, bytes.size()));
    }
}
