package io.pbts.protocol.report;

/** A report has more receipts than its reader takes; nothing behind the limit was read. */
public final class TooManyReceipts extends RuntimeException {
    TooManyReceipts(int limit) {
        super("more than " + limit + " receipts");
    }
}
