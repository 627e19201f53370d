package io.pbts.receipt.legacy;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the bodies of these routes look like, for the API description. */
final class BodySchemas {
    private BodySchemas() {}

    @Schema(
            description =
                    "timestamp 0 counts as missing; version 2 needs piece_size, domain defaults to this tracker's")
    record VerifyReceipt(
            String receiverPublicKey,
            String senderPublicKey,
            String pieceHash,
            long pieceIndex,
            String infohash,
            long timestamp,
            String receipt,
            @Nullable Integer version,
            @Nullable Long pieceSize,
            @Nullable String domain) {}

    @Schema(description = "local only: the private key travels")
    record Attest(
            String receiverPrivateKey,
            String senderPublicKey,
            String pieceHash,
            long pieceIndex,
            String infohash,
            @Nullable Long timestamp,
            @Nullable Integer version,
            @Nullable Long pieceSize) {}

    @Schema(description = "local only; receipt_window in seconds, for the originals' receipts, until the next start")
    record Configure(
            @Nullable Boolean verifySignatures,
            @Nullable Long receiptWindow,
            @Nullable String teeMode) {}

    record GenerateAttestation(String payload) {}

    record VerifyAttestation(
            String quote, String expectedPayload, @Nullable String pccsUrl) {}
}
