package io.pbts.contract.settlement;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.merkle.SumsTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What one settlement carries: the roots of its batches in ledger order, and what they add to each account.
 *
 * @param sums ascending by account
 */
record Epoch(long fromPosition, long toPosition, long receiptCount, List<Bytes32> batchRoots, List<AccountSum> sums) {
    Epoch {
        batchRoots = List.copyOf(batchRoots);
        sums = List.copyOf(sums);
        if (batchRoots.size() != toPosition - fromPosition + 1) {
            throw new IllegalArgumentException(
                    "positions %d to %d with %d batches".formatted(fromPosition, toPosition, batchRoots.size()));
        }
    }

    EpochRoot root() {
        return EpochRoot.of(batchRoots, sums);
    }

    /** Bytes moved, counted once. */
    BigInteger byteCount() {
        return sums.stream().map(sum -> BigInteger.valueOf(sum.up())).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Grows by whole batches, as long as they fit. */
    static final class Draft {
        private final SettlementProperties limits;
        private final List<Bytes32> roots = new ArrayList<>();
        private final Map<ChainAccount, AccountSum> sums = new LinkedHashMap<>();
        private long receiptCount;
        private long gas;

        Draft(SettlementProperties limits) {
            this.limits = limits;
        }

        /** Adds a batch unless the epoch would cost too much with it; the first one always fits. */
        boolean add(CreditItems.Item item) {
            long more = item.deltas().stream()
                    .filter(delta -> !sums.containsKey(delta.sum().account()))
                    .mapToLong(delta -> delta.isKnown() ? limits.gasPerAccount() : limits.gasPerNewAccount())
                    .sum();
            if (!roots.isEmpty() && gas + more > limits.gasPerEpoch()) {
                return false;
            }
            gas += more;
            roots.add(item.rowsRoot());
            receiptCount += item.receiptCount();
            item.deltas().forEach(delta -> sums.merge(delta.sum().account(), delta.sum(), Draft::added));
            return true;
        }

        boolean isEmpty() {
            return roots.isEmpty();
        }

        Epoch closeAfter(long previousPosition) {
            return new Epoch(
                    previousPosition + 1,
                    previousPosition + roots.size(),
                    receiptCount,
                    roots,
                    SumsTree.of(List.copyOf(sums.values())).sums());
        }

        private static AccountSum added(AccountSum one, AccountSum other) {
            return new AccountSum(
                    one.account(), Math.addExact(one.up(), other.up()), Math.addExact(one.down(), other.down()));
        }
    }
}
