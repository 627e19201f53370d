package io.pbts.engine.create;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.tuweni.bytes.Bytes;

/** The SHA-1 of each piece of a run of bytes (BEP 3). */
final class PieceHashes {

    private static final byte[] ZEROS = new byte[16 << 10];

    private final int pieceLength;
    private final MessageDigest sha1;
    private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    private int filled;

    PieceHashes(int pieceLength) {
        this.pieceLength = pieceLength;
        try {
            this.sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    void add(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            int here = Math.min(length - at, pieceLength - filled);
            sha1.update(bytes, at, here);
            at += here;
            filled += here;
            if (filled == pieceLength) {
                close();
            }
        }
    }

    /** Zeros up to the end of the piece (BEP 47). Answers how many. */
    int pad() {
        int missing = filled == 0 ? 0 : pieceLength - filled;
        for (int left = missing; left > 0; left -= ZEROS.length) {
            add(ZEROS, Math.min(left, ZEROS.length));
        }
        return missing;
    }

    private void close() {
        hashes.writeBytes(sha1.digest());
        filled = 0;
    }

    /** All hashes, 20 bytes each; the last piece may be shorter. */
    Bytes finish() {
        if (filled > 0) {
            close();
        }
        return Bytes.wrap(hashes.toByteArray());
    }
}
