package io.pbts.engine.limit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of one piece while they come in. Whoever acquired it releases it once, when nobody writes into it any more. */
public final class PieceBuffer {

    private final SlabPool pool;
    private final int length;
    private List<ByteBuffer> slabs;

    PieceBuffer(SlabPool pool, List<ByteBuffer> slabs, int length) {
        this.pool = pool;
        this.slabs = slabs;
        this.length = length;
    }

    /** A view of some of the bytes, which must not cross a multiple of {@link SlabPool#SLAB}. */
    public ByteBuffer slice(int begin, int count) {
        return slabs.get(begin / SlabPool.SLAB).slice(begin % SlabPool.SLAB, count);
    }

    /** All bytes, in order, as views of their own. */
    public List<ByteBuffer> all() {
        List<ByteBuffer> views = new ArrayList<>(slabs.size());
        for (int at = 0; at < length; at += SlabPool.SLAB) {
            views.add(slice(at, Math.min(SlabPool.SLAB, length - at)));
        }
        return views;
    }

    public void release() {
        if (slabs.isEmpty()) {
            throw new IllegalStateException("released twice");
        }
        List<ByteBuffer> mine = slabs;
        slabs = List.of();
        pool.giveBack(mine);
    }
}
