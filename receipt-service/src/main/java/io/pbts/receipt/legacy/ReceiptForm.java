package io.pbts.receipt.legacy;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import io.pbts.receipt.facts.TrackerIdentity;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.stereotype.Component;

/** Reads the one receipt that {@code /attest} signs and {@code /verify-receipt} checks: the original form, or ours. */
@Component
class ReceiptForm {
    private final TrackerIdentity tracker;

    ReceiptForm(TrackerIdentity tracker) {
        this.tracker = tracker;
    }

    Receipt read(JsonFields fields, AccountKey.Bls receiver, long timestamp) {
        var sender = field("sender_public_key", fields.base64("sender_public_key"), AccountKey.Bls::new);
        var pieceHash = field("piece_hash", fields.hex("piece_hash"), PieceHash::new);
        var index = field("piece_index", fields.integer("piece_index"), PieceIndex::new);
        var infoHash = field("infohash", fields.hex("infohash"), InfoHash::new);
        if (fields.integer("version").orElse(1L) != 2) {
            Function<PieceHash, Receipt> original =
                    hash -> new LegacyHttpReceipt(infoHash, sender, receiver, index, hash, timestamp);
            return field("The receipt", Optional.of(pieceHash), original);
        }
        var length = field("piece_size", fields.integer("piece_size"), PieceLength::new);
        ReceiptDomain domain = domain(fields);
        Function<PieceHash, Receipt> ours =
                hash -> new ReceiptV2(domain, infoHash, sender, receiver, index, length, hash, timestamp);
        return field("The receipt", Optional.of(pieceHash), ours);
    }

    /** A field that must be there and that its type accepts; otherwise 400 with the field's name. */
    static <A, B> B field(String name, Optional<A> value, Function<A, B> type) {
        A present = value.orElseThrow(() -> new Refusal(400, "missing-parameters", "Missing required parameters"));
        try {
            return type.apply(present);
        } catch (IllegalArgumentException unfit) {
            throw new Refusal(400, "invalid-field", name + ": " + unfit.getMessage(), unfit);
        }
    }

    private ReceiptDomain domain(JsonFields fields) {
        var stated = fields.hex("domain");
        return stated.isEmpty()
                ? tracker.deployment().domain()
                : field("domain", stated, bytes -> new ReceiptDomain(Bytes32.wrap(bytes)));
    }
}
