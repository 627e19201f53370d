package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.ProbedTracker;
import io.pbts.support.testing.ManagementPort;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** What a scraper sees of reports. */
class ReportMetricsTest extends ProbedTracker {
    @Autowired
    private Environment environment;

    @Test
    void exposesWhatAlertsAndDashboardsAskFor() {
        report(sender);
        ManagementPort.of(environment).exposesWhatIsWrittenOf("every", "servlet", "database", "receipt");
    }

    @Test
    void countsEachReceiptByKindAndOutcomeAndEachReportOnce() {
        var port = ManagementPort.of(environment);
        double credited = receipts(port, "v2-bls", "credited");
        double duplicate = receipts(port, "v2-bls", "duplicate");
        double unsigned = receipts(port, "v2-bls", "bad-signature");
        double closed = receipts(port, "http-v1", "kind-disabled");
        double unreadable = receipts(port, "unreadable", "bad-encoding");
        double all = port.metric("pbts_receipts_total");
        double taken = port.metric("pbts_receipt_proofs_total", "form=\"single\"", "outcome=\"taken\"");
        double judged = port.metric("pbts_reports_seconds_count", "outcome=\"judged\"");
        double size = port.metric("pbts_report_receipts_sum");

        Map<String, Object> forged = draft(21).v2();
        forged.put("signature", draft(22).v2().get("signature"));
        Map<String, Object> unfit = draft(23).v2();
        unfit.put("signature", "no base64");
        report(sender, draft(20).v2(), draft(20).v2(), forged, draft(24).original(), unfit);

        assertThat(receipts(port, "v2-bls", "credited")).isEqualTo(credited + 1);
        assertThat(receipts(port, "v2-bls", "duplicate")).isEqualTo(duplicate + 1);
        assertThat(receipts(port, "v2-bls", "bad-signature")).isEqualTo(unsigned + 1);
        assertThat(receipts(port, "http-v1", "kind-disabled")).isEqualTo(closed + 1);
        assertThat(receipts(port, "unreadable", "bad-encoding")).isEqualTo(unreadable + 1);
        assertThat(port.metric("pbts_receipts_total")).isEqualTo(all + 5);
        assertThat(port.metric("pbts_receipt_proofs_total", "form=\"single\"", "outcome=\"taken\""))
                .isEqualTo(taken + 2);
        assertThat(port.metric("pbts_reports_seconds_count", "outcome=\"judged\""))
                .isEqualTo(judged + 1);
        assertThat(port.metric("pbts_report_receipts_sum")).isEqualTo(size + 5);
    }

    private static double receipts(ManagementPort port, String kind, String outcome) {
        return port.metric("pbts_receipts_total", "kind=\"" + kind + "\"", "outcome=\"" + outcome + "\"");
    }
}
