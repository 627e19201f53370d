package io.pbts.protocol.merkle;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Shows that an entry stands at a place in a {@link LogTree} of a known size (RFC 6962, 2.1.1).
 *
 * @param index place of the entry, from 0
 * @param size entries in the tree
 * @param path sibling hashes, from the leaf up
 */
public record LogProof(int index, int size, List<Bytes32> path) {

    public LogProof {
        path = List.copyOf(path);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("entry " + index + " of " + size);
        }
    }

    /** Whether the entry is there under that root. */
    public boolean verifies(Bytes32 entry, Bytes32 root) {
        return rootOver(entry).filter(root::equals).isPresent();
    }

    /** The root of the tree in which this proves the entry; empty when the path has too many hashes or too few. */
    public Optional<Bytes32> rootOver(Bytes32 entry) {
        Bytes32 hash = LogTree.leaf(entry);
        Iterator<Bytes32> siblings = path.iterator();
        int at = index;
        for (int last = size - 1; last > 0; last >>= 1) {
            boolean carriedUp = at == last && at % 2 == 0;
            if (!carriedUp) {
                if (!siblings.hasNext()) {
                    return Optional.empty();
                }
                Bytes32 sibling = siblings.next();
                hash = at % 2 == 1 ? LogTree.node(sibling, hash) : LogTree.node(hash, sibling);
            }
            at >>= 1;
        }
        return siblings.hasNext() ? Optional.empty() : Optional.of(hash);
    }
}
