package io.pbts.receipt.report;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report looks like, for the API description; {@link ReportBody} and {@link ReceiptItem} read it. */
@Schema(name = "Report")
record ReportSchema(
        String userId,

        @Schema(description = "base64 of 48 bytes; checked, of no effect") @Nullable
        String publicKey,

        @Schema(description = "a claim: stored, never credited") @Nullable
        Long uploadedDelta,

        @Schema(description = "a claim: stored, never credited") @Nullable
        Long downloadedDelta,

        @Nullable List<Item> receipts) {

    @Schema(name = "Receipt")
    record Item(
            @Schema(description = "2 for our own form; absent for the original one") @Nullable
            Integer version,

            @Schema(description = "base64 of 48 bytes") String receiverPublicKey,

            @Schema(description = "base64 of 48 bytes; with version 2 also of a wallet's 20")
            String senderPk,

            @Schema(description = "40 or 64 hexadecimal digits")
            String pieceHash,

            long pieceIndex,

            @Schema(description = "40 or 64 hexadecimal digits")
            String infohash,

            @Schema(description = "seconds since 1970") long timestamp,
            @Schema(description = "base64 of 96 bytes") String signature,

            @Schema(description = "the piece's length; signed and required with version 2") @Nullable
            Long pieceSize,

            @Schema(description = "64 hexadecimal digits; where it was signed for") @Nullable
            String domain) {}
}
