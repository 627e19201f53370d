package io.pbts.engine;

/**
 * A part of a piece, as it is asked for and sent (BEP 3).
 *
 * @param piece number of the piece, from 0
 * @param begin offset in the piece, in bytes
 * @param length in bytes
 */
public record Block(int piece, int begin, int length) {

    /** What everybody asks for: 16 KiB. */
    public static final int SIZE = 16 << 10;

    public Block {
        if (piece < 0 || begin < 0 || length < 1) {
            throw new IllegalArgumentException("not a block: " + piece + ", " + begin + ", " + length);
        }
    }
}
