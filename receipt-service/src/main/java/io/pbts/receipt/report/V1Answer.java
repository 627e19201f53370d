package io.pbts.receipt.report;

import io.pbts.receipt.acknowledgement.SignedAcknowledgement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report at {@code /api/v1/reports}.
 *
 * @param credited receipts that this report credited
 * @param totals of whoever reported, afterwards
 * @param acknowledgement of the rows that the results name; null when there is none
 */
@Schema(name = "ReportResults")
record V1Answer(
        int credited,
        TotalsView totals,
        List<ItemResult> results,
        @Nullable SignedAcknowledgement acknowledgement) {

    /**
     * Bytes of an account.
     *
     * @param up earned with receipts, the initial credit left out
     * @param down owed for receipts
     * @param ratio as the gate sees it, rounded down; null when it has no bound
     */
    @Schema(name = "ReporterTotals")
    record TotalsView(long up, long down, @Nullable Double ratio) {}

    static V1Answer of(Judgement judgement) {
        var totals = new TotalsView(
                judgement.caller().up(),
                judgement.caller().down(),
                judgement.caller().ratioRoundedDown().map(Number::doubleValue).orElse(null));
        return new V1Answer(
                judgement.credited(),
                totals,
                judgement.results(),
                judgement.acknowledgement().orElse(null));
    }
}
