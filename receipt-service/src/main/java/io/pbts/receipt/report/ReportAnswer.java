package io.pbts.receipt.report;

import io.pbts.receipt.ledger.Totals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report, in the tracker seed's shape and one result per receipt.
 *
 * @param totalUploaded of the caller, the initial credit left out
 * @param totalDownloaded of the caller
 * @param ratio as the gate sees it, rounded down; null when it has no bound
 * @param verifiedReceipts receipts that this report credited
 */
record ReportAnswer(
        boolean success,
        long totalUploaded,
        long totalDownloaded,
        @Nullable Double ratio,
        int verifiedReceipts,
        List<ItemResult> results) {

    static ReportAnswer of(Totals caller, List<ItemResult> results) {
        int credited = (int) results.stream()
                .filter(result -> result.code().equals("credited"))
                .count();
        return new ReportAnswer(
                true,
                caller.up(),
                caller.down(),
                caller.ratioRoundedDown().map(Number::doubleValue).orElse(null),
                credited,
                results);
    }
}
