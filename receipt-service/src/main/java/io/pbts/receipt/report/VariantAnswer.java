package io.pbts.receipt.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.protocol.account.AccountKey;
import io.pbts.receipt.acknowledgement.SignedAcknowledgement;
import io.pbts.receipt.ledger.Totals;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report in the AI-agent variant's shape: one receipt, and both parties afterwards. Transactions are null,
 * because totals go to the chain in batches.
 *
 * @param code what became of the receipt: {@code credited}, {@code held} or {@code duplicate}
 */
record VariantAnswer(
        boolean success,
        String code,
        Party sender,
        Party receiver,
        @JsonProperty("senderTxHash") @Nullable String senderTxHash,
        @JsonProperty("receiverTxHash") @Nullable String receiverTxHash,
        @Nullable SignedAcknowledgement acknowledgement)
        implements LegacyAnswer {

    /**
     * A wallet's account.
     *
     * @param ratio as the gate sees it, rounded down; null when it has no bound
     * @param uploadBytes in decimal, the initial credit included, as on the chain
     * @param downloadBytes in decimal
     */
    record Party(
            String address,
            @Nullable Double ratio,
            @JsonProperty("uploadBytes") String uploadBytes,
            @JsonProperty("downloadBytes") String downloadBytes) {
        static Party of(AccountKey key, Totals totals) {
            String address =
                    switch (key) {
                        case AccountKey.Wallet wallet -> wallet.address().checksummed();
                        case AccountKey.Bls bls -> bls.bytes().toUnprefixedHexString();
                    };
            return new Party(
                    address,
                    totals.ratioRoundedDown().map(Number::doubleValue).orElse(null),
                    Long.toString(Math.addExact(totals.credit(), totals.up())),
                    Long.toString(totals.down()));
        }
    }
}
