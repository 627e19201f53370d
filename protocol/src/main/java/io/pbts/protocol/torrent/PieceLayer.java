package io.pbts.protocol.torrent;

import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.hash.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The layer of a v2 file's Merkle tree whose hashes cover one piece each (BEP 52). Leaves are the SHA-256 of 16 KiB
 * blocks; missing leaves on the right are zero.
 */
final class PieceLayer {

    static final long BLOCK = 16L << 10;

    private PieceLayer() {}

    /** The layer's bytes, once they have been seen to lead to the file's root. */
    static Bytes verified(BencodeValue layer, long length, long pieceLength, Bytes32 piecesRoot)
            throws MetainfoException {
        if (!(layer instanceof BString(Bytes bytes))) {
            throw new MetainfoException("piece layers: not a string");
        }
        long pieces = Math.ceilDiv(length, pieceLength);
        if (bytes.size() % Bytes32.SIZE != 0 || bytes.size() / Bytes32.SIZE != pieces) {
            throw new MetainfoException("piece layers: " + bytes.size() + " bytes for " + pieces + " pieces");
        }
        if (!root(bytes, pieceLength).equals(piecesRoot)) {
            throw new MetainfoException("piece layers: do not lead to pieces root " + piecesRoot);
        }
        return bytes;
    }

    private static Bytes32 root(Bytes layer, long pieceLength) {
        List<Bytes32> row = new ArrayList<>(layer.size() / Bytes32.SIZE);
        for (int at = 0; at < layer.size(); at += Bytes32.SIZE) {
            row.add(Bytes32.wrap(layer, at));
        }
        Bytes32 padding = zeroTree(pieceLength);
        while (row.size() > 1) {
            row = above(row, padding);
            padding = Sha256.hash(padding, padding);
        }
        return row.getFirst();
    }

    private static List<Bytes32> above(List<Bytes32> row, Bytes32 padding) {
        List<Bytes32> parents = new ArrayList<>((row.size() + 1) / 2);
        for (int i = 0; i < row.size(); i += 2) {
            Bytes32 right = i + 1 < row.size() ? row.get(i + 1) : padding;
            parents.add(Sha256.hash(row.get(i), right));
        }
        return parents;
    }

    /** Root of a piece that has no block at all. */
    private static Bytes32 zeroTree(long pieceLength) {
        Bytes32 root = Bytes32.ZERO;
        for (long covered = BLOCK; covered < pieceLength; covered *= 2) {
            root = Sha256.hash(root, root);
        }
        return root;
    }
}
