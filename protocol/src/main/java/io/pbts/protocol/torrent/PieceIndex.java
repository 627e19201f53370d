package io.pbts.protocol.torrent;

/** Number of a piece, from 0: 32 unsigned bits on every wire. */
public record PieceIndex(long value) {

    public static final long MAX = 0xFFFF_FFFFL;

    public PieceIndex {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("not a piece index: " + value);
        }
    }
}
