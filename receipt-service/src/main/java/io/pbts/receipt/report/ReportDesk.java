package io.pbts.receipt.report;

import io.pbts.protocol.receipt.Acknowledgement;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptRowHash;
import io.pbts.receipt.acknowledgement.AcknowledgementKeys;
import io.pbts.receipt.acknowledgement.SignedAcknowledgement;
import io.pbts.receipt.facts.TrackerIdentity;
import io.pbts.receipt.ledger.Claim;
import io.pbts.receipt.ledger.ReceiptLedger;
import io.pbts.receipt.ledger.Redemption;
import io.pbts.receipt.policy.BadSignatureLimit;
import io.pbts.receipt.signature.SignatureCheck;
import io.pbts.receipt.signature.SignedReceipts;
import io.pbts.receipt.verification.Examination;
import io.pbts.receipt.verification.Plausibility;
import io.pbts.receipt.verification.PostedReport;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
    private final AcknowledgementKeys keys;
    private final ReportMetrics metrics;

    ReportDesk(
            TrackerIdentity tracker,
            Plausibility plausibility,
            SignatureCheck signatures,
            BadSignatureLimit limit,
            ReceiptLedger ledger,
            AcknowledgementKeys keys,
            ReportMetrics metrics) {
        this.tracker = tracker;
        this.plausibility = plausibility;
        this.signatures = signatures;
        this.limit = limit;
        this.ledger = ledger;
        this.keys = keys;
        this.metrics = metrics;
    }

    /** @param caller the account id of who reports */
    Judgement judge(long caller, PostedReport report, Claim claim) {
        return metrics.measure(report, () -> judgeNow(caller, report, claim));
    }

    private Judgement judgeNow(long caller, PostedReport report, Claim claim) {
        limit.require(caller);
        if (!report.items().isEmpty()) {
            signatures.requireRoom();
        }
        InstanceId instance = tracker.instance();
        ReportSheet sheet = ReportSheet.of(report.items());
        SignedReceipts signed =
                report.readable().isEmpty() ? SignedReceipts.NONE : check(caller, instance, report, sheet);
        Redemption done = ledger.redeem(instance, sheet.redeemable(signed), signed.exhibits(), caller, claim);
        sheet.noteRedeemed(done.outcomes());
        return new Judgement(done.caller(), sheet.results(), acknowledge(instance, sheet.rows()));
    }

    private SignedReceipts check(long caller, InstanceId instance, PostedReport report, ReportSheet sheet) {
        Examination examination = plausibility.examine(report.readable());
        sheet.note(examination.findings());
        sheet.noteRepeats(ledger.find(instance, sheet.openKeys()));
        SignedReceipts signed = signatures.signed(sheet.open(), report, examination);
        limit.count(caller, signed.bad());
        sheet.noteSigned(signed);
        return signed;
    }

    private Optional<SignedAcknowledgement> acknowledge(InstanceId instance, SortedMap<Long, ReceiptRowHash> rows) {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(keys.sign(Acknowledgement.of(instance, rows.firstKey(), List.copyOf(rows.values()))));
    }
}
