package io.pbts.receipt.report;

import io.pbts.receipt.acknowledgement.SignedAcknowledgement;
import io.pbts.receipt.ledger.Totals;
import java.util.List;
import java.util.Optional;

/**
 * What became of a report.
 *
 * @param caller totals of whoever reported, afterwards
 * @param acknowledgement of everything in it that is in the ledger now; none when nothing is
 */
record Judgement(Totals caller, List<ItemResult> results, Optional<SignedAcknowledgement> acknowledgement) {
    int credited() {
        return (int) results.stream().filter(ItemResult::credited).count();
    }
}
