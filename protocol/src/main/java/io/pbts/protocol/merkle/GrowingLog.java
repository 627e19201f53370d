package io.pbts.protocol.merkle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The root of a {@link LogTree} whose entries come one after the other. Keeps the roots of the complete subtrees and no
 * entry, so a log of any length costs a few dozen hashes of memory.
 */
public final class GrowingLog {
    /** Complete subtrees, the smallest and last one on top: one for each bit of the size. */
    private final Deque<Bytes32> subtrees = new ArrayDeque<>();

    private long size;

    public void add(Bytes32 entry) {
        Bytes32 hash = LogTree.leaf(entry);
        for (long complete = size; (complete & 1) == 1; complete >>= 1) {
            hash = LogTree.node(subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    public long size() {
        return size;
    }

    /** The root over all entries so far. */
    public Bytes32 root() {
        if (size == 0) {
            return LogTree.EMPTY_ROOT;
        }
        var smallestFirst = subtrees.iterator();
        Bytes32 hash = smallestFirst.next();
        while (smallestFirst.hasNext()) {
            hash = LogTree.node(smallestFirst.next(), hash);
        }
        return hash;
    }
}
