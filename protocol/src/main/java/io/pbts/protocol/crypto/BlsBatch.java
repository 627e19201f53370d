package io.pbts.protocol.crypto;

import java.security.SecureRandom;
import java.util.BitSet;
import java.util.List;

/**
 * Verifies many signatures for a part of the price of each, and still says which are wrong. Every signature is weighed by
 * a random 64-bit number, so that wrong ones cannot cancel (small exponents test: Bellare, Garay, Rabin 1998). A batch
 * that fails is weighed one by one and halved until the culprits stand alone; halving repeats pairings and no more.
 */
public final class BlsBatch {

    private final List<Bls.Weighed> items;
    private final BitSet valid;

    private BlsBatch(List<Bls.Weighed> items) {
        this.items = items;
        this.valid = new BitSet(items.size());
    }

    /**
     * Bit i is set iff the signature of item i verifies.
     *
     * @param items as many as the caller is ready to pay for
     * @param random must be unforeseeable to whoever sent the items
     */
    public static BitSet verify(List<BlsSigned> items, SecureRandom random) {
        if (items.size() == 1) {
            return alone(items.getFirst());
        }
        List<Bls.Hashed> hashed =
                items.stream().map(item -> Bls.hashed(item, weight(random))).toList();
        if (hashed.isEmpty() || Bls.verifyHashed(hashed)) {
            BitSet all = new BitSet(hashed.size());
            all.set(0, hashed.size());
            return all;
        }
        BlsBatch batch = new BlsBatch(hashed.stream().map(Bls::weigh).toList());
        batch.halve(0, hashed.size());
        return batch.valid;
    }

    /** Without others to cancel it, a wrong signature needs no weight to be found out. */
    private static BitSet alone(BlsSigned item) {
        BitSet valid = new BitSet(1);
        valid.set(0, Bls.verify(item.key(), item.message(), item.signature()));
        return valid;
    }

    private boolean accept(int from, int to) {
        boolean accepted = Bls.verifyWeighed(items.subList(from, to));
        valid.set(from, to, accepted);
        return accepted;
    }

    /** Finds the good ones in a range that holds at least one bad one. */
    private void halve(int from, int to) {
        if (to - from == 1) {
            return;
        }
        int middle = (from + to) >>> 1;
        boolean culpritIsRight = accept(from, middle);
        if (!culpritIsRight) {
            halve(from, middle);
        }
        if (culpritIsRight || !accept(middle, to)) {
            halve(middle, to);
        }
    }

    private static long weight(SecureRandom random) {
        long weight = random.nextLong();
        return weight == 0 ? weight(random) : weight;
    }
}
