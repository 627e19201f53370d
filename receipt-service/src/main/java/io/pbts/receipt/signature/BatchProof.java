package io.pbts.receipt.signature;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.merkle.LogTree;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.verification.PostedReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;

/** A batch of a report: what its receiver must have signed, and where each receipt stands in it. */
final class BatchProof {
    private final BatchStatement statement;
    private final Bytes signature;
    private final LogTree tree;
    private final Map<Receipt, Integer> places = new HashMap<>();

    private BatchProof(ReceiptDomain domain, AccountKey receiver, List<ReceiptV2> receipts, Bytes signature) {
        this.tree = BatchStatement.tree(receipts);
        this.statement = new BatchStatement(domain, receiver, receipts.size(), tree.root());
        this.signature = signature;
        for (int i = 0; i < receipts.size(); i++) {
            places.putIfAbsent(receipts.get(i), i);
        }
    }

    /** Empty when nobody can have signed it: a member is unreadable, of another receiver or place, or no receipt v2. */
    static Optional<BatchProof> of(
            PostedReport report,
            int number,
            ReceiptDomain domain,
            Function<PostedReceipt, Optional<ReceiptDomain>> domainOf) {
        return report.batch(number)
                .filter(members -> members.stream()
                        .allMatch(member ->
                                domainOf.apply(member).filter(domain::equals).isPresent()))
                .flatMap(members -> receipts(members, domain))
                .map(receipts -> new BatchProof(
                        domain,
                        receipts.getFirst().receiver(),
                        receipts,
                        report.batches().get(number)));
    }

    private static Optional<List<ReceiptV2>> receipts(List<PostedReceipt> members, ReceiptDomain domain) {
        List<ReceiptV2> receipts = new ArrayList<>(members.size());
        for (PostedReceipt member : members) {
            boolean fits = member.receiver().equals(members.getFirst().receiver());
            if (!fits || !(member.statement(Optional.of(domain)).orElse(null) instanceof ReceiptV2 receipt)) {
                return Optional.empty();
            }
            receipts.add(receipt);
        }
        return receipts.isEmpty() ? Optional.empty() : Optional.of(receipts);
    }

    BatchStatement statement() {
        return statement;
    }

    Bytes signature() {
        return signature;
    }

    /** What is kept of the batch beside this member. */
    Evidence evidence(Receipt member) {
        Integer place = places.get(member);
        if (place == null) {
            throw new IllegalArgumentException("not in this batch");
        }
        return Evidence.batch(signature, tree.prove(place));
    }
}
