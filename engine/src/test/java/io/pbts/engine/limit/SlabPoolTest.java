package io.pbts.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SlabPoolTest {
    private static final int SLAB = SlabPool.SLAB;

    @Test
    void allPiecesOnTheirWayShareOneBudget() {
        SlabPool pool = new SlabPool(4L * SLAB);
        PieceBuffer three = pool.tryAcquire(2 * SLAB + 1).orElseThrow();
        assertThat(pool.used()).isEqualTo(3L * SLAB);
        assertThat(pool.tryAcquire(SLAB + 1)).isEmpty();
        assertThat(pool.tryAcquire(SLAB)).isPresent();
        assertThat(pool.tryAcquire(1)).isEmpty();
        three.release();
        assertThat(pool.tryAcquire(3 * SLAB)).isPresent();
        assertThat(pool.used()).isEqualTo(4L * SLAB);
    }

    @Test
    void twoPiecesFitWhateverTheirSize() {
        SlabPool pool = new SlabPool(1);
        pool.ensureRoomFor(5 * SLAB);
        assertThat(pool.tryAcquire(5 * SLAB)).isPresent();
        assertThat(pool.tryAcquire(5 * SLAB)).isPresent();
        assertThat(pool.tryAcquire(1)).isEmpty();
    }

    @Test
    void memoryIsGivenBackOnce() {
        SlabPool pool = new SlabPool(SLAB);
        PieceBuffer buffer = pool.tryAcquire(1).orElseThrow();
        buffer.release();
        assertThatIllegalStateException().isThrownBy(buffer::release);
        assertThat(pool.used()).isZero();
    }
}
