package io.pbts.protocol.torrent;

/** Bytes of one piece as a receipt states them: at least one, 32 unsigned bits. */
public record PieceLength(long bytes) {

    public static final long MAX = 0xFFFF_FFFFL;

    public PieceLength {
        if (bytes < 1 || bytes > MAX) {
            throw new IllegalArgumentException("not a piece length: " + bytes);
        }
    }
}
