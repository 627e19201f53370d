package io.pbts.engine.create;

import io.pbts.protocol.hash.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A file's tree over its blocks of 16 KiB; leaves that are missing on the right are zero (BEP 52). */
final class MerkleTree {

    static final int BLOCK = 16 << 10;

    private final int blocksPerPiece;
    private final List<Bytes32> blocks = new ArrayList<>();

    MerkleTree(int pieceLength) {
        this.blocksPerPiece = pieceLength / BLOCK;
    }

    /** The next block; only the last one may be shorter. */
    void add(byte[] bytes, int length) {
        blocks.add(Sha256.hash(Bytes.wrap(bytes, 0, length)));
    }

    /** The hash of each piece, or empty when there are not two: then the root is the piece's. */
    List<Bytes32> pieceLayer() {
        if (blocks.size() <= blocksPerPiece) {
            return List.of();
        }
        List<Bytes32> layer = new ArrayList<>();
        for (int at = 0; at < blocks.size(); at += blocksPerPiece) {
            List<Bytes32> piece = blocks.subList(at, Math.min(blocks.size(), at + blocksPerPiece));
            layer.add(root(piece, blocksPerPiece, Bytes32.ZERO));
        }
        return layer;
    }

    Bytes32 root() {
        List<Bytes32> layer = pieceLayer();
        if (layer.isEmpty()) {
            return root(blocks, powerOfTwo(blocks.size()), Bytes32.ZERO);
        }
        Bytes32 nothing = root(List.of(Bytes32.ZERO), blocksPerPiece, Bytes32.ZERO);
        return root(layer, powerOfTwo(layer.size()), nothing);
    }

    private static int powerOfTwo(int atLeast) {
        return atLeast == 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
    }

    /** The root over so many leaves, of which those that are not there are all the same. */
    private static Bytes32 root(List<Bytes32> leaves, int width, Bytes32 missing) {
        List<Bytes32> row = leaves;
        Bytes32 padding = missing;
        for (int wide = width; wide > 1; wide /= 2) {
            List<Bytes32> above = new ArrayList<>((row.size() + 1) / 2);
            for (int i = 0; i < row.size(); i += 2) {
                above.add(Sha256.hash(row.get(i), i + 1 < row.size() ? row.get(i + 1) : padding));
            }
            padding = Sha256.hash(padding, padding);
            row = above;
        }
        return row.getFirst();
    }
}
