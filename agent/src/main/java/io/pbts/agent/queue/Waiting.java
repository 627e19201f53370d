package io.pbts.agent.queue;

import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import java.nio.file.Path;
import java.util.List;

/**
 * Receipts that go to the tracker together.
 *
 * @param file where they lie until it has answered
 * @param parts what came with one signature each
 */
public record Waiting(Path file, List<StatedReport> parts) {

    public Waiting {
        parts = List.copyOf(parts);
    }

    /** All of it at once. */
    public StatedReport report() {
        return StatedReport.join(parts);
    }

    public List<StatedReceipt> receipts() {
        return report().receipts();
    }
}
