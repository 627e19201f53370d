package io.pbts.engine.receipt;

import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.report.StatedSession;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** Receipts whose signature has been verified, in the form in which it came. */
public sealed interface Earned permits SignedReceipt, Earned.Batch, Earned.InSession {

    List<ReceiptV2> receipts();

    /** What a tracker is told of them: a whole report, which stands alone. */
    StatedReport stated();

    /**
     * The inverse of {@link #stated}.
     *
     * @param domain what was signed for
     * @throws IllegalArgumentException when a report is not of what came with one signature
     */
    static Earned of(ReceiptDomain domain, StatedReport stated) {
        List<ReceiptV2> receipts = stated.receipts().stream()
                .map(receipt -> receipt(domain, receipt))
                .toList();
        if (receipts.isEmpty()) {
            throw new IllegalArgumentException("no receipt");
        }
        Proof proof = stated.receipts().getFirst().proof();
        if (proof instanceof Proof.InBatch && stated.batches().size() == 1) {
            return new Batch(receipts, stated.batches().getFirst());
        }
        if (receipts.size() > 1) {
            throw new IllegalArgumentException("receipts with a signature each");
        }
        return switch (proof) {
            case Proof.Single(Bytes signature) -> new SignedReceipt(receipts.getFirst(), signature);
            case Proof.InSession(int session, Bytes signature) ->
                new InSession(stated.sessions().get(session), receipts.getFirst(), signature);
            case Proof.InBatch _, Proof.Typed _, Proof.InAggregate _ ->
                throw new IllegalArgumentException("no proof that peers exchange");
        };
    }

    private static ReceiptV2 receipt(ReceiptDomain domain, StatedReceipt stated) {
        return new ReceiptV2(
                domain,
                stated.infoHash(),
                stated.sender(),
                stated.receiver(),
                stated.index(),
                stated.length(),
                stated.pieceHash(),
                stated.timestamp());
    }

    /** One signature over the Merkle root of receipts of one torrent, one sender and one receiver. */
    record Batch(List<ReceiptV2> receipts, Bytes signature) implements Earned {

        public Batch {
            receipts = List.copyOf(receipts);
            if (receipts.isEmpty()
                    || receipts.stream().map(ReceiptV2::receiver).distinct().count() > 1) {
                throw new IllegalArgumentException("a batch is signed by one receiver");
            }
        }

        @Override
        public StatedReport stated() {
            var proof = new Proof.InBatch(0);
            return new StatedReport(
                    receipts.stream()
                            .map(receipt -> Earned.stated(receipt, proof))
                            .toList(),
                    List.of(signature),
                    List.of(),
                    Optional.empty());
        }

        /** Signatures are not for logs. */
        @Override
        public String toString() {
            return "Batch[" + receipts.size() + " receipts]";
        }
    }

    /** Signed by the key of a session that the receiver has certified. */
    record InSession(StatedSession session, ReceiptV2 receipt, Bytes signature) implements Earned {

        @Override
        public List<ReceiptV2> receipts() {
            return List.of(receipt);
        }

        @Override
        public StatedReport stated() {
            return new StatedReport(
                    List.of(Earned.stated(receipt, new Proof.InSession(0, signature))),
                    List.of(),
                    List.of(session),
                    Optional.empty());
        }

        /** Signatures are not for logs. */
        @Override
        public String toString() {
            return "InSession[" + receipt.infoHash() + ", " + receipt.index() + "]";
        }
    }

    /** A receipt as reports state it. */
    static StatedReceipt stated(ReceiptV2 receipt, Proof proof) {
        return new StatedReceipt(
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index(),
                receipt.length(),
                receipt.pieceHash(),
                receipt.timestamp(),
                proof);
    }
}
