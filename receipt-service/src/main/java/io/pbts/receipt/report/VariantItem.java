package io.pbts.receipt.report;

import static io.pbts.receipt.wire.JsonFields.required;
import static io.pbts.receipt.wire.JsonFields.sized;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.wire.JsonFields;
import java.util.Optional;

/** Reads a receipt in the AI-agent variant's shape. */
final class VariantItem {
    private VariantItem() {}

    /** Whether this is the variant's object: the tracker seed's calls its parties otherwise. */
    static boolean isMeant(JsonFields fields) {
        return fields.has("sender") && fields.has("receiver");
    }

    static PostedReceipt read(JsonFields fields) {
        return new PostedReceipt(
                ReceiptKind.EIP191_V1,
                new InfoHash(sized("infohash", fields.prefixedHex("infohash"), 20)),
                new AccountKey.Wallet(required("sender", fields.address("sender"))),
                new AccountKey.Wallet(required("receiver", fields.address("receiver"))),
                required("pieceIndex", fields.integer("pieceIndex")),
                Optional.of(required("pieceSize", fields.integer("pieceSize"))),
                new PieceHash(sized("pieceHash", fields.prefixedHex("pieceHash"), 32)),
                required("timestamp", fields.integer("timestamp")),
                new Proof.Single(sized("signature", fields.prefixedHex("signature"), Secp256k1.SIGNATURE_SIZE)),
                Optional.empty());
    }
}
