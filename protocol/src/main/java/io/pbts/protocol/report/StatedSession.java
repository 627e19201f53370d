package io.pbts.protocol.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.torrent.InfoHash;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A session as a report states it: a {@link SessionCertificate} but for the domain, which is the tracker's, and the
 * receiver's signature over it.
 */
public record StatedSession(
        InfoHash infoHash,
        AccountKey sender,
        AccountKey.Bls receiver,
        Bytes32 sessionId,
        Bytes sessionKey,
        long from,
        long to,
        Bytes signature) {
    public StatedSession {
        sessionId = sessionId.copy();
        sessionKey = sessionKey.copy();
        signature = signature.copy();
    }

    /**
     * What the receiver must have signed.
     *
     * @throws IllegalArgumentException when it is no certificate: too long, or a key of another size
     */
    public SessionCertificate certificate(ReceiptDomain domain) {
        return new SessionCertificate(domain, sessionId, infoHash, sender, receiver, sessionKey, from, to);
    }
}
