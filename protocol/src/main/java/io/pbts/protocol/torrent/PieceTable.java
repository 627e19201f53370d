package io.pbts.protocol.torrent;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a torrent under one kind of hash: how many, how long, which hash. In v1 the files are one run of bytes;
 * in v2 each file starts a piece of its own (BEP 52), so the last piece of every file may be short.
 */
public final class PieceTable {

    /** Larger pieces than clients make; keeps every piece length within an int. */
    public static final long MAX_PIECE_LENGTH = 64L << 20;

    private final HashKind kind;
    private final long pieceLength;
    private final long[] runLengths;
    private final int[] firstPieces;
    private final Bytes hashes;

    private PieceTable(HashKind kind, long pieceLength, long[] runLengths, Bytes hashes) {
        if (pieceLength < 1 || pieceLength > MAX_PIECE_LENGTH) {
            throw new IllegalArgumentException("piece length out of bounds: " + pieceLength);
        }
        this.kind = kind;
        this.pieceLength = pieceLength;
        this.runLengths = runLengths;
        this.firstPieces = new int[runLengths.length];
        this.hashes = hashes.copy();
        if (hashes.size() % kind.size() != 0 || layOut() != count()) {
            throw new IllegalArgumentException(
                    hashes.size() + " bytes of " + kind + " hashes do not fit " + totalLength() + " bytes of content");
        }
    }

    /** Numbers the pieces run by run. There are never more pieces than bytes, so neither sum overflows. */
    private long layOut() {
        long pieces = 0;
        long total = 0;
        for (int i = 0; i < runLengths.length; i++) {
            if (runLengths[i] < 0 || runLengths[i] > Long.MAX_VALUE - total) {
                throw new IllegalArgumentException("length out of bounds: " + runLengths[i]);
            }
            total += runLengths[i];
            firstPieces[i] = (int) pieces;
            pieces += Math.ceilDiv(runLengths[i], pieceLength);
        }
        if (total == 0) {
            throw new IllegalArgumentException("a torrent without content");
        }
        return pieces;
    }

    /**
     * The pieces of one run of bytes.
     *
     * @param hashes SHA-1 of each piece, one after the other: the {@code pieces} string of BEP 3
     */
    public static PieceTable v1(long pieceLength, long totalLength, Bytes hashes) {
        return new PieceTable(HashKind.V1, pieceLength, new long[] {totalLength}, hashes);
    }

    /**
     * The pieces of files that each start one of their own.
     *
     * @param fileLengths in the order of the file tree, empty files too
     * @param hashes of each file in turn: its piece layer, or its pieces root when it has only one piece
     */
    public static PieceTable v2(long pieceLength, List<Long> fileLengths, Bytes hashes) {
        long[] lengths = fileLengths.stream().mapToLong(Long::longValue).toArray();
        return new PieceTable(HashKind.V2, pieceLength, lengths, hashes);
    }

    public HashKind kind() {
        return kind;
    }

    /** Length of every piece but the last ones of a run. */
    public long pieceLength() {
        return pieceLength;
    }

    /** Number of pieces. */
    public int count() {
        return hashes.size() / kind.size();
    }

    /** Sum of all pieces. */
    public long totalLength() {
        return LongStream.of(runLengths).sum();
    }

    /** Lengths of the files, in order (v2), or the one total (v1). */
    public List<Long> fileLengths() {
        return LongStream.of(runLengths).boxed().toList();
    }

    /** All hashes, one after the other. */
    public Bytes hashes() {
        return hashes;
    }

    public boolean contains(PieceIndex index) {
        return index.value() < count();
    }

    /**
     * Bytes of one piece.
     *
     * @throws IndexOutOfBoundsException when the torrent has no such piece
     */
    public PieceLength lengthOf(PieceIndex index) {
        int piece = require(index);
        int run = runOf(piece);
        long offset = (piece - firstPieces[run]) * pieceLength;
        return new PieceLength(Math.min(pieceLength, runLengths[run] - offset));
    }

    /**
     * Hash of one piece.
     *
     * @throws IndexOutOfBoundsException when the torrent has no such piece
     */
    public PieceHash hashOf(PieceIndex index) {
        return new PieceHash(hashes.slice(require(index) * kind.size(), kind.size()));
    }

    private int require(PieceIndex index) {
        if (!contains(index)) {
            throw new IndexOutOfBoundsException("piece " + index.value() + " of " + count());
        }
        return (int) index.value();
    }

    /** The last run that starts at or before the piece: never an empty one, which shares its start with the next. */
    private int runOf(int piece) {
        int low = 0;
        int high = firstPieces.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstPieces[middle] <= piece) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return "PieceTable[" + kind + ", " + count() + " pieces of " + pieceLength + ", files " + runLengths.length
                + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PieceTable that
                && kind == that.kind
                && pieceLength == that.pieceLength
                && Arrays.equals(runLengths, that.runLengths)
                && hashes.equals(that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runLengths) * 31 + hashes.hashCode();
    }
}
