package io.pbts.engine.receipt;

/** Where verified receipts go. Called on the thread that verifies; what it returns from is taken for kept. */
public interface ReceiptSink {

    void keep(Earned earned);
}
