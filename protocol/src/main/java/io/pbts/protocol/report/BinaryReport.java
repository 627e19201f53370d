package io.pbts.protocol.report;

import io.pbts.protocol.layout.LayoutException;
import org.apache.tuweni.bytes.Bytes;

/**
 * The compact form of a report: keys and info hashes once in tables, then receipts in groups of the same parties. The layout
 * is in {@code docs/protocol.md}; one report has many spellings, since tables and groups may be cut as the writer likes.
 */
public final class BinaryReport {
    /** What HTTP calls it. */
    public static final String MEDIA_TYPE = "application/vnd.pbts.report";

    static final String MAGIC = "PBTS-REPORT";
    static final int VERSION = 1;
    static final int MAX_COUNT = 0xffff;

    private BinaryReport() {}

    /**
     * The report in its binary form. The receipts of a batch must follow each other and be of one torrent and one sender.
     *
     * @throws IllegalArgumentException when they are not, or when there are more than 65,535 of anything
     */
    public static Bytes encode(StatedReport report) {
        return new ReportWriter(report).write();
    }

    /**
     * Reads a report.
     *
     * @param maxReceipts receipts it may have at most
     * @throws LayoutException when the bytes are none, with the reason
     * @throws TooManyReceipts when it has more receipts
     */
    public static StatedReport decode(Bytes bytes, int maxReceipts) {
        try {
            return new ReportReader(bytes, maxReceipts).read();
        } catch (IllegalArgumentException contradiction) {
            throw new LayoutException(String.valueOf(contradiction.getMessage()), contradiction);
        }
    }
}
