package io.pbts.engine.receipt;

import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReport;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** A receipt with its receiver's signature. */
public record SignedReceipt(ReceiptV2 receipt, Bytes signature) implements Earned {

    @Override
    public List<ReceiptV2> receipts() {
        return List.of(receipt);
    }

    @Override
    public StatedReport stated() {
        return new StatedReport(
                List.of(Earned.stated(receipt, new Proof.Single(signature))), List.of(), List.of(), Optional.empty());
    }

    /** Signatures are not for logs. */
    @Override
    public String toString() {
        return "SignedReceipt[" + receipt.infoHash() + ", " + receipt.index() + "]";
    }
}
