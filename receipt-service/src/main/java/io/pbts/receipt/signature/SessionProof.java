package io.pbts.receipt.signature;

import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.StatedSession;
import io.pbts.receipt.ledger.Exhibits.Certified;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A session of a report.
 *
 * @param signature the receiver's, over the certificate
 * @param fingerprint of both
 */
record SessionProof(SessionCertificate certificate, Secp256k1PublicKey key, Bytes signature, Bytes32 fingerprint) {

    /** Empty when nobody can have certified it: too long, or a session key that is no point. */
    static Optional<SessionProof> of(StatedSession session, ReceiptDomain domain) {
        try {
            SessionCertificate certificate = session.certificate(domain);
            return Secp256k1PublicKey.parse(certificate.sessionKey())
                    .map(key -> new SessionProof(
                            certificate, key, session.signature(), certificate.fingerprint(session.signature())));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    /** Whether the session key signed this receipt and may do so. */
    boolean isSigned(Receipt receipt, Bytes pieceSignature) {
        return receipt instanceof ReceiptV2 v2
                && certificate.covers(v2)
                && Secp256k1.verify(key, SessionCertificate.digest(v2), pieceSignature);
    }

    Evidence evidence(Bytes pieceSignature) {
        return Evidence.session(pieceSignature, fingerprint);
    }

    Certified certified() {
        return new Certified(certificate, signature);
    }
}
