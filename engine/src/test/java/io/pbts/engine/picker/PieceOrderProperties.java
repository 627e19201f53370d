package io.pbts.engine.picker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PieceOrderProperties {
    private static final int PIECES = 12;

    /** Against counting: each step makes a piece more or less available, or ours. */
    @Property
    void theRarestWantedPieceComesFirst(@ForAll @Size(max = 200) List<@IntRange(max = 3 * PIECES - 1) Integer> steps) {
        PieceOrder order = new PieceOrder(PIECES, 5, new Random(steps.size()));
        int[] counted = new int[PIECES];
        boolean[] ours = new boolean[PIECES];
        for (int step : steps) {
            int piece = step % PIECES;
            switch (step / PIECES) {
                case 0 -> {
                    order.increment(piece);
                    counted[piece] = Math.min(5, counted[piece] + 1);
                }
                case 1 -> {
                    order.decrement(piece);
                    counted[piece] = Math.max(0, counted[piece] - 1);
                }
                default -> {
                    order.remove(piece);
                    ours[piece] = true;
                }
            }
        }
        int least = Integer.MAX_VALUE;
        int wanted = 0;
        for (int piece = 0; piece < PIECES; piece++) {
            if (!ours[piece]) {
                least = Math.min(least, counted[piece]);
                wanted++;
            }
        }
        int rarest = order.rarest(_ -> true);
        assertThat(order.wanted()).isEqualTo(wanted);
        if (wanted == 0) {
            assertThat(rarest).isEqualTo(-1);
        } else {
            assertThat(ours[rarest]).isFalse();
            assertThat(counted[rarest]).isEqualTo(least);
        }
    }
}
