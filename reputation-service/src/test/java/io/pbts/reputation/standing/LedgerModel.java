package io.pbts.reputation.standing;

import io.pbts.reputation.standing.LedgerDatabase.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger's rule a second time, in plain Java and one entry at a time: what the SQL must agree with. */
final class LedgerModel {
    private final BigDecimal minRatio;
    private final BigDecimal overdraft;
    private final Map<Long, Totals> accounts = new HashMap<>();
    private final Map<Long, List<Entry>> held = new HashMap<>();
    private long credited;

    LedgerModel(String minRatio, long overdraft) {
        this.minRatio = new BigDecimal(minRatio);
        this.overdraft = BigDecimal.valueOf(overdraft);
    }

    void open(long account, long credit) {
        accounts.put(account, new Totals(0, 0, 0, 0, credit));
        held.put(account, new ArrayList<>());
    }

    List<Boolean> applyCredit(List<Entry> entries) {
        return entries.stream().map(this::apply).toList();
    }

    private boolean apply(Entry entry) {
        if (held.get(entry.receiver()).isEmpty() && affordable(entry)) {
            move(entry);
            return true;
        }
        held.get(entry.receiver()).add(entry);
        return false;
    }

    List<Boolean> releaseHeld(long receiver, List<Entry> entries) {
        List<Boolean> released = new ArrayList<>();
        boolean open = true;
        for (Entry entry : entries) {
            open = open && affordable(entry);
            if (open) {
                held.get(receiver).removeFirst();
                move(entry);
            }
            released.add(open);
        }
        return released;
    }

    private boolean affordable(Entry entry) {
        Totals receiver = accounts.get(entry.receiver());
        BigDecimal owed = minRatio.multiply(BigDecimal.valueOf(receiver.down() + entry.amount()))
                .subtract(BigDecimal.valueOf(receiver.credit() + receiver.up()));
        return owed.compareTo(overdraft) <= 0;
    }

    private void move(Entry entry) {
        credited += entry.amount();
        accounts.computeIfPresent(
                entry.sender(),
                (_, t) -> new Totals(t.up() + entry.amount(), t.down(), t.held(), t.announced(), t.credit()));
        accounts.computeIfPresent(
                entry.receiver(),
                (_, t) -> new Totals(t.up(), t.down() + entry.amount(), t.held(), t.announced(), t.credit()));
    }

    List<Entry> heldOf(long receiver) {
        return List.copyOf(held.get(receiver));
    }

    Totals totals(long account) {
        Totals moved = accounts.get(account);
        long waiting = held.get(account).stream().mapToLong(Entry::amount).sum();
        return new Totals(moved.up(), moved.down(), waiting, moved.announced(), moved.credit());
    }

    long credited() {
        return credited;
    }
}
