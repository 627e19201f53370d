package io.pbts.protocol.merkle;

import io.pbts.protocol.hash.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The Merkle tree of RFC 6962 over 32-byte entries in their order: rows of a batch, batches of an epoch. Leaves and nodes
 * are hashed with different first bytes, so that neither passes for the other.
 */
public final class LogTree {

    /** Root of a tree without entries: SHA-256 of nothing. */
    public static final Bytes32 EMPTY_ROOT = Sha256.hash(Bytes.EMPTY);

    private static final Bytes LEAF = Bytes.of(0);
    private static final Bytes NODE = Bytes.of(1);

    /** levels[0] holds the leaves; a lone last hash is carried up unchanged. */
    private final List<List<Bytes32>> levels;

    private LogTree(List<List<Bytes32>> levels) {
        this.levels = levels;
    }

    public static LogTree of(List<Bytes32> entries) {
        List<Bytes32> level = entries.stream().map(LogTree::leaf).toList();
        List<List<Bytes32>> levels = new ArrayList<>();
        levels.add(level);
        while (level.size() > 1) {
            level = above(level);
            levels.add(level);
        }
        return new LogTree(levels);
    }

    public int size() {
        return levels.getFirst().size();
    }

    public Bytes32 root() {
        return size() == 0 ? EMPTY_ROOT : levels.getLast().getFirst();
    }

    /** The hashes that lead from one entry to the root (RFC 6962, 2.1.1). */
    public LogProof prove(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("entry " + index + " of " + size());
        }
        List<Bytes32> path = new ArrayList<>();
        int at = index;
        for (List<Bytes32> level : levels.subList(0, levels.size() - 1)) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling));
            }
            at >>= 1;
        }
        return new LogProof(index, size(), path);
    }

    private static List<Bytes32> above(List<Bytes32> level) {
        List<Bytes32> parents = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i + 1 < level.size(); i += 2) {
            parents.add(node(level.get(i), level.get(i + 1)));
        }
        if (level.size() % 2 == 1) {
            parents.add(level.getLast());
        }
        return parents;
    }

    static Bytes32 leaf(Bytes32 entry) {
        return Sha256.hash(LEAF, entry);
    }

    static Bytes32 node(Bytes32 left, Bytes32 right) {
        return Sha256.hash(NODE, left, right);
    }
}
