package io.pbts.receipt.ledger;

import io.pbts.receipt.ledger.ReceiptRows.StoredReceipt;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Moves the balances for stored receipts and writes down what was moved; always inside a ledger transaction. The one place
 * that turns a receipt into credit, at once or later.
 */
@Component
class Crediting {
    private final Balances balances;
    private final CreditRows credits;
    private final HeldRows held;

    Crediting(Balances balances, CreditRows credits, HeldRows held) {
        this.balances = balances;
        this.credits = credits;
        this.held = held;
    }

    /**
     * What became of new receipts.
     *
     * @param credited bit i is set when receipt i was credited; otherwise it is held
     * @param totals of everybody whom it touched, and of the caller, afterwards
     */
    record Verdicts(BitSet credited, Map<Long, Totals> totals) {}

    /** Credits or holds new receipts, in this order. */
    Verdicts judge(List<StoredReceipt> fresh, long caller) {
        if (fresh.isEmpty()) {
            return new Verdicts(new BitSet(), balances.of(Set.of(caller)));
        }
        long batch = credits.nextBatch();
        BitSet verdicts = balances.apply(batch, fresh);
        held.hold(pick(fresh, verdicts, false));
        return new Verdicts(verdicts, write(batch, pick(fresh, verdicts, true), caller));
    }

    /**
     * Releases at most {@code limit} of one receiver's held receipts, oldest first, and says how many. None while another
     * replica is at it.
     */
    int release(long receiver, int limit) {
        List<StoredReceipt> oldest = held.tryLock(receiver) ? held.oldest(receiver, limit) : List.of();
        if (oldest.isEmpty()) {
            return 0;
        }
        long batch = credits.nextBatch();
        List<StoredReceipt> released = pick(oldest, balances.release(batch, receiver, oldest), true);
        if (!released.isEmpty()) {
            held.remove(released);
            write(batch, released, receiver);
        }
        return released.size();
    }

    private Map<Long, Totals> write(long batch, List<StoredReceipt> credited, long caller) {
        Set<Long> touched = new HashSet<>(Set.of(caller));
        credited.forEach(receipt -> touched.addAll(List.of(receipt.sender(), receipt.receiver())));
        Map<Long, Totals> totals = balances.of(touched);
        credits.write(batch, credited, totals);
        return totals;
    }

    private static List<StoredReceipt> pick(List<StoredReceipt> receipts, BitSet verdicts, boolean credited) {
        return IntStream.range(0, receipts.size())
                .filter(i -> verdicts.get(i) == credited)
                .mapToObj(receipts::get)
                .toList();
    }
}
