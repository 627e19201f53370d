package io.pbts.engine.picker;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Pieces in ascending order of how many peers have them, kept sorted by moving one piece over the edge of its bucket at a
 * time. Pieces we have lie behind all others. Peers that have everything change no order and are not counted.
 */
final class PieceOrder {

    private final int[] order;
    private final int[] position;
    private final int[] availability;
    /** First position of each availability or more. The last bucket is of pieces that are ours. */
    private final int[] start;

    private final int ours;

    /**
     * All pieces wanted, nobody has any.
     *
     * @param maxPeers the most that are ever counted
     */
    PieceOrder(int pieces, int maxPeers, RandomGenerator random) {
        this.order = new int[pieces];
        this.position = new int[pieces];
        this.availability = new int[pieces];
        this.ours = maxPeers + 1;
        this.start = new int[ours + 2];
        Arrays.setAll(order, i -> i);
        for (int i = pieces - 1; i > 0; i--) {
            swap(i, random.nextInt(i + 1));
        }
        for (int i = 0; i < pieces; i++) {
            position[order[i]] = i;
        }
        Arrays.fill(start, 1, start.length, pieces);
    }

    /** One more peer has the piece. */
    void increment(int piece) {
        if (availability[piece] < ours - 1) {
            raise(piece);
        }
    }

    /** One peer less has it. */
    void decrement(int piece) {
        int bucket = availability[piece];
        if (bucket == ours || bucket == 0) {
            return;
        }
        swap(position[piece], start[bucket]);
        start[bucket]++;
        availability[piece]--;
    }

    /** We have it: nobody looks at it again. */
    void remove(int piece) {
        while (availability[piece] < ours) {
            raise(piece);
        }
    }

    private void raise(int piece) {
        int above = availability[piece] + 1;
        start[above]--;
        swap(position[piece], start[above]);
        availability[piece] = above;
    }

    private void swap(int i, int j) {
        int moved = order[i];
        order[i] = order[j];
        order[j] = moved;
        position[order[i]] = i;
        position[order[j]] = j;
    }

    /** The rarest piece that is wanted and passes, or -1. */
    int rarest(IntPredicate passes) {
        for (int i = 0; i < start[ours]; i++) {
            if (passes.test(order[i])) {
                return order[i];
            }
        }
        return -1;
    }

    /** How many pieces are still wanted. */
    int wanted() {
        return start[ours];
    }
}
