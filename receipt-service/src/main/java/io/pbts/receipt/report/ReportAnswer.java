package io.pbts.receipt.report;

import io.pbts.receipt.acknowledgement.SignedAcknowledgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report, in the tracker seed's shape and one result per receipt.
 *
 * @param totalUploaded of the caller, the initial credit left out
 * @param totalDownloaded of the caller
 * @param ratio as the gate sees it, rounded down; null when it has no bound
 * @param verifiedReceipts receipts that this report credited
 * @param acknowledgement of the rows that the results name; null when there is none
 */
record ReportAnswer(
        boolean success,
        long totalUploaded,
        long totalDownloaded,
        @Nullable Double ratio,
        int verifiedReceipts,
        List<ItemResult> results,
        @Nullable SignedAcknowledgement acknowledgement)
        implements LegacyAnswer {

    static ReportAnswer of(Judgement judgement) {
        return new ReportAnswer(
                true,
                judgement.caller().up(),
                judgement.caller().down(),
                judgement.caller().ratioRoundedDown().map(Number::doubleValue).orElse(null),
                judgement.credited(),
                judgement.results(),
                judgement.acknowledgement().orElse(null));
    }
}
