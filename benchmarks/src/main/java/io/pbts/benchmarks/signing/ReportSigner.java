package io.pbts.benchmarks.signing;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Signs for deliveries as their receivers would, in each form that a report may have.
 *
 * @param domain of the tracker that the reports are for
 * @param signedAt seconds since 1970
 */
public record ReportSigner(ReceiptDomain domain, long signedAt) {
    private static final long SESSION_SECONDS = 3_600;

    /** One signature for all: the sum of each receiver's own. */
    public StatedReport aggregated(List<Delivery> deliveries) {
        List<StatedReceipt> receipts = new ArrayList<>();
        List<BlsSignature> signatures = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            signatures.add(Bls.sign(delivery.receiver(), receipt(delivery).signedBytes()));
            receipts.add(stated(delivery, new Proof.InAggregate()));
        }
        return new StatedReport(
                receipts,
                List.of(),
                List.of(),
                Optional.of(Bls.aggregate(signatures).bytes()));
    }

    /** Every receipt with a signature of its own. */
    public StatedReport individually(List<Delivery> deliveries) {
        List<StatedReceipt> receipts = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            BlsSignature signature =
                    Bls.sign(delivery.receiver(), receipt(delivery).signedBytes());
            receipts.add(stated(delivery, new Proof.Single(signature.bytes())));
        }
        return report(receipts, List.of(), List.of());
    }

    /** One signature for so many receipts at a time, which are of one receiver and one torrent. */
    public StatedReport batched(List<Delivery> deliveries, int size) {
        List<StatedReceipt> receipts = new ArrayList<>();
        List<Bytes> batches = new ArrayList<>();
        for (int from = 0; from < deliveries.size(); from += size) {
            List<Delivery> batch = deliveries.subList(from, Math.min(from + size, deliveries.size()));
            var proof = new Proof.InBatch(batches.size());
            batches.add(batchSignature(batch));
            batch.forEach(delivery -> receipts.add(stated(delivery, proof)));
        }
        return report(receipts, batches, List.of());
    }

    private Bytes batchSignature(List<Delivery> batch) {
        Delivery first = batch.getFirst();
        var statement = BatchStatement.over(
                domain, receiver(first), batch.stream().map(this::receipt).toList());
        return Bls.sign(first.receiver(), statement.signedBytes()).bytes();
    }

    /** Signed by the session's key; all deliveries are of its parties and its torrent. */
    public StatedReport inSession(Session session, List<Delivery> deliveries) {
        List<StatedReceipt> receipts = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Bytes signature = session.key().signCompact(SessionCertificate.digest(receipt(delivery)));
            receipts.add(stated(delivery, new Proof.InSession(0, signature)));
        }
        return report(receipts, List.of(), List.of(session.stated()));
    }

    /** A session for deliveries like this one: same torrent, same parties. */
    public Session session(Delivery delivery) {
        String name = delivery.sender() + " " + delivery.receiver().publicKey() + " "
                + delivery.torrent().infoHash();
        var key = Keys.secp256k1(name);
        Bytes32 id = Keys.bytes(name);
        var certificate = new SessionCertificate(
                domain,
                id,
                delivery.torrent().infoHash(),
                delivery.sender(),
                receiver(delivery),
                key.publicKey().bytes(),
                signedAt,
                signedAt + SESSION_SECONDS);
        var stated = new StatedSession(
                certificate.infoHash(),
                certificate.sender(),
                certificate.receiver(),
                id,
                certificate.sessionKey(),
                certificate.from(),
                certificate.to(),
                Bls.sign(delivery.receiver(), certificate.signedBytes()).bytes());
        return new Session(stated, key);
    }

    /** What the receiver of a delivery signs. */
    public ReceiptV2 receipt(Delivery delivery) {
        return new ReceiptV2(
                domain,
                delivery.torrent().infoHash(),
                delivery.sender(),
                receiver(delivery),
                new PieceIndex(delivery.piece()),
                new PieceLength(Torrent.PIECE_LENGTH),
                delivery.torrent().hash(delivery.piece()),
                signedAt);
    }

    private StatedReceipt stated(Delivery delivery, Proof proof) {
        ReceiptV2 receipt = receipt(delivery);
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

    private static StatedReport report(
            List<StatedReceipt> receipts, List<Bytes> batches, List<StatedSession> sessions) {
        return new StatedReport(receipts, batches, sessions, Optional.empty());
    }

    private static AccountKey.Bls receiver(Delivery delivery) {
        return new AccountKey.Bls(delivery.receiver().publicKey().bytes());
    }
}
