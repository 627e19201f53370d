package io.pbts.receipt.report;

import io.pbts.protocol.layout.LayoutException;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.report.TooManyReceipts;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.verification.PostedReport;
import io.pbts.support.Refusal;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** Reads the compact form of a report. Its fields have no names to blame: what is laid out wrongly refuses the whole report. */
final class BinaryBody {
    private BinaryBody() {}

    static PostedReport read(byte[] body, int maxReceipts) {
        try {
            return posted(BinaryReport.decode(Bytes.wrap(body), maxReceipts));
        } catch (LayoutException malformed) {
            throw new Refusal(400, "malformed-report", "Not a binary report: " + malformed.getMessage(), malformed);
        } catch (TooManyReceipts many) {
            throw new Refusal(
                    413,
                    "too-many-receipts",
                    "More than %d receipts in one report; send the rest in another one".formatted(maxReceipts),
                    many);
        }
    }

    private static PostedReport posted(StatedReport report) {
        List<PostedItem> items =
                report.receipts().stream().map(BinaryBody::posted).toList();
        return new PostedReport(
                items,
                report.batches(),
                report.sessions().stream().map(Optional::of).toList(),
                report.aggregate());
    }

    private static PostedItem posted(StatedReceipt receipt) {
        return new PostedReceipt(
                ReceiptKind.v2(receipt.receiver()),
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index().value(),
                Optional.of(receipt.length().bytes()),
                receipt.pieceHash(),
                receipt.timestamp(),
                receipt.proof(),
                Optional.empty());
    }
}
