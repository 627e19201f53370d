package io.pbts.receipt.verification;

import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedSession;
import io.pbts.receipt.verification.PostedItem.Unreadable;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * The receipts of a report, in order, and the proofs that several of them share.
 *
 * @param batches the signature of each batch
 * @param sessions empty where one cannot be read
 * @param aggregate the signature of all receipts without one of their own
 */
public record PostedReport(
        List<PostedItem> items,
        List<Bytes> batches,
        List<Optional<StatedSession>> sessions,
        Optional<Bytes> aggregate) {
    public PostedReport {
        items = List.copyOf(items);
        batches = List.copyOf(batches);
        sessions = List.copyOf(sessions);
    }

    /** The same, every receipt of it signed for that domain. */
    public PostedReport signedFor(ReceiptDomain domain) {
        return new PostedReport(
                items.stream()
                        .map(item -> item instanceof PostedReceipt receipt ? receipt.signedFor(domain) : item)
                        .toList(),
                batches,
                sessions,
                aggregate);
    }

    /** Those that can be read, in order. */
    public List<PostedReceipt> readable() {
        return items.stream()
                .filter(PostedReceipt.class::isInstance)
                .map(PostedReceipt.class::cast)
                .toList();
    }

    /** The readable members of a batch, in order; empty when one of its members cannot be read. */
    public Optional<List<PostedReceipt>> batch(int number) {
        boolean whole = items.stream()
                .noneMatch(item -> item instanceof Unreadable(String _, var batch)
                        && batch.isPresent()
                        && batch.getAsInt() == number);
        return whole ? Optional.of(provenBy(new Proof.InBatch(number))) : Optional.empty();
    }

    /** What the aggregate must have been made of; empty when a receipt that may belong to it cannot be read. */
    public Optional<List<PostedReceipt>> aggregated() {
        boolean whole =
                items.stream().noneMatch(item -> item instanceof Unreadable(String _, var batch) && batch.isEmpty());
        return whole ? Optional.of(provenBy(new Proof.InAggregate())) : Optional.empty();
    }

    private List<PostedReceipt> provenBy(Proof proof) {
        return readable().stream()
                .filter(receipt -> receipt.proof().equals(proof))
                .toList();
    }
}
