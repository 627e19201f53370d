package io.pbts.receipt.report;

import static io.pbts.receipt.wire.JsonFields.required;
import static io.pbts.receipt.wire.JsonFields.sized;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.wire.JsonFields;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Reads a receipt in the AI-agent variant's shape: its own form, or with {@code "version": 2} our form under its names, which
 * binds the tracker and counts in every profile.
 */
final class VariantItem {
    private VariantItem() {}

    /** Whether this is the variant's object: the tracker seed's calls its parties otherwise. */
    static boolean isMeant(JsonFields fields) {
        return fields.has("sender") && fields.has("receiver");
    }

    static PostedReceipt read(JsonFields fields) {
        ReceiptKind kind = kind(fields);
        return new PostedReceipt(
                kind,
                new InfoHash(hex(fields, "infohash", kind.isBound() ? new int[] {20, 32} : new int[] {20})),
                new AccountKey.Wallet(required("sender", fields.address("sender"))),
                new AccountKey.Wallet(required("receiver", fields.address("receiver"))),
                required("pieceIndex", fields.integer("pieceIndex")),
                Optional.of(required("pieceSize", fields.integer("pieceSize"))),
                new PieceHash(hex(fields, "pieceHash", kind.isBound() ? new int[] {20, 32} : new int[] {32})),
                required("timestamp", fields.integer("timestamp")),
                new Proof.Single(hex(fields, "signature", Secp256k1.SIGNATURE_SIZE)),
                domain(fields));
    }

    private static ReceiptKind kind(JsonFields fields) {
        long version = fields.integer("version").orElse(1L);
        if (version != 1 && version != 2) {
            throw JsonFields.invalid("version must be 2, or absent for the variant's own form");
        }
        return version == 2 ? ReceiptKind.V2_SECP256K1 : ReceiptKind.EIP191_V1;
    }

    private static Optional<ReceiptDomain> domain(JsonFields fields) {
        return fields.has("domain")
                ? Optional.of(new ReceiptDomain(Bytes32.wrap(hex(fields, "domain", Bytes32.SIZE))))
                : Optional.empty();
    }

    private static Bytes hex(JsonFields fields, String name, int... sizes) {
        return sized(name, fields.prefixedHex(name), sizes);
    }
}
