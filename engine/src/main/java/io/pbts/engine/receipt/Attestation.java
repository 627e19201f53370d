package io.pbts.engine.receipt;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a receiver attests what it got (paper, section 4.4). Which one holds for the bytes of one direction of a connection is
 * agreed in the handshake: the first of the sender's that the receiver knows too.
 */
public enum Attestation {

    /** A signature for each piece. Everybody knows it. */
    EACH("each", 4),

    /**
     * A signature for each of the first and the last hundred pieces, and between them for every tenth, which covers those that
     * were passed over.
     */
    ADAPTIVE("adaptive", 14),

    /** One signature over the Merkle root of many pieces. */
    BATCH("batch", 4),

    /** A fast signature for each piece, by a secp256k1 key that the receiver's BLS key has certified. */
    SESSION("session", 4);

    /** Adaptive: so many pieces at the beginning and at the end are signed one by one. */
    static final int DENSE = 100;

    /** Adaptive: between them, so many pieces have one signature. */
    static final int STRIDE = 10;

    private final String wireName;
    private final int leastPieces;

    Attestation(String wireName, int leastPieces) {
        this.wireName = wireName;
        this.leastPieces = leastPieces;
    }

    String wireName() {
        return wireName;
    }

    static Optional<Attestation> ofWireName(String name) {
        return Arrays.stream(values()).filter(one -> one.wireName.equals(name)).findFirst();
    }

    /** Bytes that may be unsigned before a sender waits: no fewer than the receiver needs to come to its next signature. */
    long limit(long debtLimit, long pieceLength) {
        return Math.max(debtLimit, leastPieces * pieceLength);
    }
}
