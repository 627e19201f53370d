package io.pbts.receipt.report;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report at {@code /api/v1/reports} looks like, for the API description; {@link V1Body} reads it. */
@Schema(name = "ReceiptReport")
record V1Schema(
        @Nullable List<Item> receipts,
        @Nullable List<Batch> batches,
        @Nullable List<Session> sessions,

        @Schema(description = "192 hexadecimal digits; the sum of the signatures of all receipts without one") @Nullable
        String aggregateSignature) {

    @Schema(name = "ReceiptV2")
    record Item(
            @Schema(description = "40 or 64 hexadecimal digits")
            String infoHash,

            @Schema(description = "96 hexadecimal digits, or 0x and 40 of a wallet")
            String sender,

            @Schema(description = "as sender") String receiver,
            long pieceIndex,
            long pieceLength,

            @Schema(description = "of the kind of the info hash")
            String pieceHash,

            @Schema(description = "seconds since 1970") long signedAt,

            @Schema(description = "absent in a batch and in the aggregate") @Nullable
            String signature,

            @Schema(
                    description = "how it is signed; found out when absent",
                    allowableValues = {"single", "typed", "aggregate", "session"})
            @Nullable
            String form,

            @Schema(description = "place in sessions") @Nullable
            Integer session) {}

    @Schema(name = "ReceiptBatch")
    record Batch(
            @Schema(description = "of the receiver, over the root of these receipts")
            String signature,

            List<Item> receipts) {}

    @Schema(name = "ReceiptSession")
    record Session(
            String infoHash,
            String sender,
            String receiver,

            @Schema(description = "64 hexadecimal digits, random")
            String sessionId,

            @Schema(description = "66 hexadecimal digits: a compressed secp256k1 point")
            String sessionKey,

            @Schema(description = "seconds since 1970") long from,
            @Schema(description = "at most a day later") long to,

            @Schema(description = "of the receiver's BLS key, over the certificate")
            String signature) {}
}
