package io.pbts.engine.receipt;

import io.pbts.protocol.receipt.ReceiptV2;
import org.apache.tuweni.bytes.Bytes;

/** A receipt with its receiver's signature. */
public record SignedReceipt(ReceiptV2 receipt, Bytes signature) {

    /** Signatures are not for logs. */
    @Override
    public String toString() {
        return "SignedReceipt[" + receipt.infoHash() + ", " + receipt.index() + "]";
    }
}
