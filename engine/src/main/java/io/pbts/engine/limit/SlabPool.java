package io.pbts.engine.limit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The memory in which pieces are assembled: slabs of one size whatever the pieces' size, so that they serve all torrents and
 * are warm after the first few pieces. Never holds more than its budget.
 */
public final class SlabPool {

    /** 256 KiB: a multiple of every block. */
    public static final int SLAB = 256 << 10;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private long budget;
    private long used;

    public SlabPool(long budgetBytes) {
        this.budget = budgetBytes;
    }

    /** Raises the budget to two pieces of this length, without which nothing would move. */
    public synchronized void ensureRoomFor(long pieceLength) {
        budget = Math.max(budget, 2L * slabs(pieceLength) * SLAB);
    }

    /** Memory for one piece, or empty when the budget is spent. */
    public synchronized Optional<PieceBuffer> tryAcquire(int pieceLength) {
        long needed = slabs(pieceLength) * (long) SLAB;
        if (used + needed > budget) {
            return Optional.empty();
        }
        used += needed;
        List<ByteBuffer> slabs = new ArrayList<>(slabs(pieceLength));
        for (int i = 0; i < slabs(pieceLength); i++) {
            ByteBuffer slab = free.poll();
            slabs.add(slab != null ? slab : ByteBuffer.allocateDirect(SLAB));
        }
        return Optional.of(new PieceBuffer(this, slabs, pieceLength));
    }

    synchronized void giveBack(List<ByteBuffer> slabs) {
        used -= slabs.size() * (long) SLAB;
        slabs.forEach(free::push);
    }

    /** Bytes in use now. */
    public synchronized long used() {
        return used;
    }

    private static int slabs(long pieceLength) {
        return (int) Math.ceilDiv(pieceLength, SLAB);
    }
}
