package io.pbts.engine.receipt;

import io.pbts.engine.Peer;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.report.StatedSession;
import org.jspecify.annotations.Nullable;

/** A connection on which receipts are exchanged. What was agreed stands until it ends. */
final class Link {

    /** Messages that may come in vain: receipts that crossed with a new connection, for instance. */
    private static final int EXCUSED = 64;

    private static final int MAX_SESSIONS = 8;

    /** A session of ours, in which we sign. */
    record Signed(StatedSession session, Secp256k1SecretKey key) {}

    /** A session of theirs, whose certificate has been verified. */
    record Verified(StatedSession session, Secp256k1PublicKey key) {}

    private final Peer peer;
    private final Terms ours;
    private final Terms theirs;
    private final Attestation signs;
    private final Attestation collects;
    private final Debt debt;
    private int begun = -1;
    private long overSince;
    private int excused = EXCUSED;
    private int sessions;
    private @Nullable Verified verified;
    private @Nullable Signed signed;
    private volatile boolean ended;

    /** @param debt of the peer's account */
    Link(Peer peer, Terms ours, Terms theirs, Debt debt) {
        this.peer = peer;
        this.ours = ours;
        this.theirs = theirs;
        this.debt = debt;
        this.signs = theirs.agreedWith(ours);
        this.collects = ours.agreedWith(theirs);
    }

    Peer peer() {
        return peer;
    }

    /** The connection has ended: nothing is told by it any more. */
    Link end() {
        ended = true;
        return this;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isWithAccountOf(Link other) {
        return theirs.key().equals(other.theirs.key());
    }

    Terms ours() {
        return ours;
    }

    Terms theirs() {
        return theirs;
    }

    /** How we attest what they send. */
    Attestation signs() {
        return signs;
    }

    /** How they attest what we send. */
    Attestation collects() {
        return collects;
    }

    /** What the peer's account owes us. */
    Debt debt() {
        return debt;
    }

    /** A block of the piece is about to be sent. For the writing thread. */
    void begins(int piece) {
        overSince = 0;
        if (piece != begun) {
            begun = piece;
            debt.begun(peer.torrent(), piece);
        }
    }

    /** Nanoseconds since the peer was first refused a block for its debt, or since now. For the writing thread. */
    long overFor() {
        long now = System.nanoTime();
        if (overSince == 0) {
            overSince = now;
        }
        return now - overSince;
    }

    /** Whether one more message in vain is bearable. For the reading thread, as all that concerns their sessions. */
    boolean excuse() {
        return --excused >= 0;
    }

    /** Whether one more certificate is worth a pairing. */
    boolean mayBegin() {
        return ++sessions <= MAX_SESSIONS;
    }

    @Nullable
    Verified verified() {
        return verified;
    }

    void began(Verified session) {
        verified = session;
    }

    /** For the signing thread. */
    @Nullable
    Signed signed() {
        return signed;
    }

    void began(Signed session) {
        signed = session;
    }
}
