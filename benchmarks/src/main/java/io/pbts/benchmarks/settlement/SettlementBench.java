package io.pbts.benchmarks.settlement;

import io.pbts.benchmarks.settlement.Call.Delta;
import io.pbts.benchmarks.settlement.DevChain.Receipt;
import io.pbts.protocol.hash.Keccak256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Settles on ledgers of its own. Gas per account is the difference between transactions of 200 and of 100 accounts; how many
 * accounts one transaction takes is found by sending transactions under the cap, never by division alone.
 */
final class SettlementBench {
    private static final int STEP = 100;
    /** Bytes in both directions as of a busy epoch, six bytes long, so that calldata is priced as it will be. */
    private static final long SMALLEST = 0x0100_0000_0000L;

    private static final int PREPARED_AT_ONCE = 500;
    private static final int LESS_EACH_TIME = 200; // one in

    private final DevChain chain;
    private final Bytes factory;
    private final Map<Figure, List<Double>> found = new EnumMap<>(Figure.class);
    private final List<Double> singleWrites = new ArrayList<>();
    private long accounts;
    private long readBack;

    private SettlementBench(DevChain chain, Bytes factory) {
        this.chain = chain;
        this.factory = factory;
    }

    static SettlementBench on(DevChain chain, String factoryCode) throws IOException, InterruptedException {
        Receipt deployed = chain.send(Optional.empty(), Call.creation(factoryCode))
                .filter(Receipt::succeeded)
                .orElseThrow(() -> new IOException("the factory was not deployed"));
        return new SettlementBench(chain, deployed.created().orElseThrow());
    }

    /** Once all of it, with other accounts than before. */
    void repeat() throws IOException, InterruptedException {
        Ledger ledger = begun(Ledger.create(chain, factory));
        singleWrites.add(singleWrite(ledger));
        List<Bytes32> few = newAccounts(STEP);
        List<Bytes32> many = newAccounts(2 * STEP);
        double first = marginal(ledger, few, many);
        record(Figure.FIRST, first);
        double steady = marginal(ledger, few, many);
        record(Figure.STEADY, steady);

        Ledger successor = begun(ledger.successor(factory));
        record(Figure.COPIED, marginal(successor, few, many));
        double unknown = marginal(successor, newAccounts(STEP), newAccounts(2 * STEP));
        record(Figure.FIRST_ON_SUCCESSOR, unknown);

        record(Figure.MOST_FIRST, most(ledger, first, this::newAccounts));
        record(Figure.MOST_FIRST_ON_SUCCESSOR, most(successor, unknown, this::newAccounts));
        List<Bytes32> known = known(ledger, (int) (DevChain.TRANSACTION_CAP / steady));
        record(Figure.MOST_STEADY, most(ledger, steady, count -> known.subList(0, count)));
        readBack += ledger.readBack() + successor.readBack();
    }

    List<Double> of(Figure figure) {
        return found.getOrDefault(figure, List.of());
    }

    /** Gas of an {@code updateReputation} of a known user, of which a receipt needs two. */
    List<Double> singleWrites() {
        return List.copyOf(singleWrites);
    }

    long readBack() {
        return readBack;
    }

    private void record(Figure figure, double value) {
        found.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
    }

    /** The ledger's own sums are not new any more. */
    private Ledger begun(Ledger ledger) throws IOException, InterruptedException {
        ledger.settle(deltas(newAccounts(2)));
        return ledger;
    }

    private double singleWrite(Ledger ledger) throws IOException, InterruptedException {
        Bytes user = newAccounts(1).getFirst().slice(0, 20);
        ledger.update(user, SMALLEST);
        ledger.update(user, SMALLEST);
        return ledger.update(user, SMALLEST);
    }

    private static double marginal(Ledger ledger, List<Bytes32> few, List<Bytes32> many)
            throws IOException, InterruptedException {
        long gasOfFew = ledger.settle(deltas(few));
        long gasOfMany = ledger.settle(deltas(many));
        return (double) (gasOfMany - gasOfFew) / (many.size() - few.size());
    }

    /** The largest settlement that a transaction took, beginning with what division promises. */
    private static int most(Ledger ledger, double perAccount, IntFunction<List<Bytes32>> choose)
            throws IOException, InterruptedException {
        int count = (int) (DevChain.TRANSACTION_CAP / perAccount);
        while (count > 0) {
            if (ledger.trySettle(deltas(choose.apply(count))).isPresent()) {
                return count;
            }
            count -= Math.max(1, count / LESS_EACH_TIME);
        }
        throw new IOException("no settlement was taken");
    }

    private List<Bytes32> known(Ledger ledger, int count) throws IOException, InterruptedException {
        List<Bytes32> known = newAccounts(count);
        for (int from = 0; from < count; from += PREPARED_AT_ONCE) {
            ledger.settle(deltas(known.subList(from, Math.min(count, from + PREPARED_AT_ONCE))));
        }
        return known;
    }

    private List<Bytes32> newAccounts(int count) {
        List<Bytes32> fresh = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fresh.add(Keccak256.hash(Bytes.ofUnsignedLong(accounts++)));
        }
        return fresh;
    }

    /** Each account sends to the next one in a ring, so that up and down balance. */
    private static List<Delta> deltas(List<Bytes32> accounts) {
        List<Delta> deltas = new ArrayList<>(accounts.size());
        for (int i = 0; i < accounts.size(); i++) {
            int before = i == 0 ? accounts.size() - 1 : i - 1;
            deltas.add(new Delta(accounts.get(i), sent(accounts.get(i)), sent(accounts.get(before))));
        }
        return deltas;
    }

    private static long sent(Bytes32 account) {
        return SMALLEST + (account.getInt(0) & 0x7fff_ffffL) * 127;
    }
}
