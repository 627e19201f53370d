package io.pbts.protocol.evidence;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.InfoHash;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A receiver's word, signed with its BLS key, that for one torrent, one sender and a while a fast secp256k1 key signs its
 * receipts (paper, section 4.4, hybrid of BLS and ECDSA). The layout is in {@code docs/protocol.md}.
 *
 * @param sessionId random
 * @param sessionKey compressed point of 33 bytes; says nothing yet about the curve
 * @param from first second in which a receipt may be signed
 * @param to last one, at most {@link #MAX_SECONDS} later
 */
public record SessionCertificate(
        ReceiptDomain domain,
        Bytes32 sessionId,
        InfoHash infoHash,
        AccountKey sender,
        AccountKey.Bls receiver,
        Bytes sessionKey,
        long from,
        long to) {
    /** The length of {@link #signedBytes()}. */
    public static final int SIGNED_SIZE = 256;
    /** The length of a compressed secp256k1 point. */
    public static final int SESSION_KEY_SIZE = 33;
    /** The longest session. */
    public static final long MAX_SECONDS = 86_400;

    private static final int KEY_WIDTH = 48;

    public SessionCertificate {
        if (sessionKey.size() != SESSION_KEY_SIZE) {
            throw new IllegalArgumentException("a session key has 33 bytes, not " + sessionKey.size());
        }
        if (from < 0 || to < from || to - from > MAX_SECONDS) {
            throw new IllegalArgumentException("not a session of at most a day: %d to %d".formatted(from, to));
        }
        sessionId = sessionId.copy();
        sessionKey = sessionKey.copy();
    }

    /** What the receiver's BLS key signs. */
    public Bytes signedBytes() {
        return new FixedWidth(SIGNED_SIZE)
                .ascii("PBTS-SESSION")
                .u8(1)
                .bytes(domain.bytes())
                .bytes(sessionId)
                .u8(infoHash.kind().number())
                .leftPadded(infoHash.bytes(), Bytes32.SIZE)
                .u8(sender.kind().number())
                .leftPadded(sender.bytes(), KEY_WIDTH)
                .bytes(receiver.bytes())
                .bytes(sessionKey)
                .u64(from)
                .u64(to)
                .complete();
    }

    /** Whether the session key may sign this receipt: same place, torrent and parties, and signed within its time. */
    public boolean covers(ReceiptV2 receipt) {
        return receipt.domain().equals(domain)
                && receipt.infoHash().equals(infoHash)
                && receipt.sender().equals(sender)
                && receipt.receiver().equals(receiver)
                && receipt.timestamp() >= from
                && receipt.timestamp() <= to;
    }

    /** What the session key signs for a receipt: SHA-256 of its signed bytes. */
    public static Bytes32 digest(ReceiptV2 receipt) {
        return Sha256.hash(receipt.signedBytes());
    }

    /** By what a ledger's rows name a certificate: SHA-256 of its bytes and its signature. */
    public Bytes32 fingerprint(Bytes signature) {
        return Sha256.hash(signedBytes(), signature);
    }
}
