package io.pbts.agent.queue;

import io.pbts.protocol.report.StatedReceipt;
import java.nio.file.Path;
import java.util.List;

/**
 * Receipts that go to the tracker together.
 *
 * @param file where they lie until it has answered
 */
public record Waiting(Path file, List<StatedReceipt> receipts) {

    public Waiting {
        receipts = List.copyOf(receipts);
    }
}
