package io.pbts.receipt.report;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.receipt.facts.TrackerIdentity;
import io.pbts.receipt.ledger.ReceiptLedger;
import io.pbts.receipt.ledger.Redemption;
import io.pbts.receipt.policy.BadSignatureLimit;
import io.pbts.receipt.verification.Plausibility;
import io.pbts.receipt.verification.SignatureCheck;
import org.springframework.stereotype.Component;

/**
 * Judges a report receipt by receipt: the good ones count, whatever the others are. Cheap questions come first, so that
 * nobody reaches a pairing with a receipt that could not count anyway. The answer leaves after the commit.
 */
@Component
class ReportDesk {
    private final TrackerIdentity tracker;
    private final Plausibility plausibility;
    private final SignatureCheck signatures;
    private final BadSignatureLimit limit;
    private final ReceiptLedger ledger;

    ReportDesk(
            TrackerIdentity tracker,
            Plausibility plausibility,
            SignatureCheck signatures,
            BadSignatureLimit limit,
            ReceiptLedger ledger) {
        this.tracker = tracker;
        this.plausibility = plausibility;
        this.signatures = signatures;
        this.limit = limit;
        this.ledger = ledger;
    }

    /** @param caller the account id of who reports */
    ReportAnswer judge(long caller, ReportBody body) {
        limit.require(caller);
        if (!body.receipts().isEmpty()) {
            signatures.requireRoom();
        }
        InstanceId instance = tracker.instance();
        ReportSheet sheet = ReportSheet.of(body.receipts());
        sheet.note(plausibility.examine(sheet.readable()));
        sheet.noteRepeats(ledger.states(instance, sheet.openKeys()));
        limit.count(caller, sheet.noteSigned(signatures.signed(sheet.open())));
        Redemption done = ledger.redeem(instance, sheet.redeemable(), caller, body.claim());
        sheet.noteRedeemed(done.outcomes());
        return ReportAnswer.of(done.caller(), sheet.results());
    }
}
