package io.pbts.contract.settlement;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.merkle.SumsTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What is settled together: the roots of its batches in ledger order, and what they add to each account. One transaction
 * carries it, or several when a single batch names more accounts than one can.
 *
 * @param sums ascending by account
 * @param newcomers accounts that the ledger does not know, which cost more
 */
record Epoch(
        long fromPosition,
        long toPosition,
        long receiptCount,
        List<Bytes32> batchRoots,
        List<AccountSum> sums,
        Set<ChainAccount> newcomers) {
    /**
     * What one transaction carries of an epoch. Its root is that of its own sums beside all batches of the epoch.
     *
     * @param number from 1
     * @param receiptCount all of the epoch's with its first part, none with the others
     * @param isLast whether nothing of the epoch is left after it
     * @param sums ascending by account
     */
    record Part(
            long fromPosition,
            long toPosition,
            int number,
            long receiptCount,
            boolean isLast,
            EpochRoot root,
            List<AccountSum> sums) {
        Part {
            sums = List.copyOf(sums);
        }

        /** Bytes moved, counted once. */
        BigInteger byteCount() {
            return sums.stream().map(sum -> BigInteger.valueOf(sum.up())).reduce(BigInteger.ZERO, BigInteger::add);
        }

        boolean isWhole() {
            return number == 1 && isLast;
        }
    }

    Epoch {
        batchRoots = List.copyOf(batchRoots);
        sums = List.copyOf(sums);
        newcomers = Set.copyOf(newcomers);
        if (batchRoots.size() != toPosition - fromPosition + 1) {
            throw new IllegalArgumentException(
                    "positions %d to %d with %d batches".formatted(fromPosition, toPosition, batchRoots.size()));
        }
    }

    /**
     * The part with that number.
     *
     * @param carried what the parts before it carry
     * @param accountLimit accounts in one transaction at most
     */
    Part part(int number, List<AccountSum> carried, SettlementProperties limits, int accountLimit) {
        List<AccountSum> left = carried.isEmpty() ? sums : Portion.rest(sums, carried);
        List<AccountSum> portion =
                Portion.of(left, account -> gas(account, limits), limits.gasPerEpoch(), accountLimit);
        List<AccountSum> ascending = SumsTree.of(portion).sums();
        return new Part(
                fromPosition,
                toPosition,
                number,
                number == 1 ? receiptCount : 0,
                Portion.rest(left, portion).isEmpty(),
                EpochRoot.of(batchRoots, ascending),
                ascending);
    }

    private long gas(ChainAccount account, SettlementProperties limits) {
        return newcomers.contains(account) ? limits.gasPerNewAccount() : limits.gasPerAccount();
    }

    /** Grows by whole batches, as long as they fit. */
    static final class Draft {
        private final SettlementProperties limits;
        private final List<Bytes32> roots = new ArrayList<>();
        private final Map<ChainAccount, AccountSum> sums = new LinkedHashMap<>();
        private final Set<ChainAccount> newcomers = new HashSet<>();
        private long receiptCount;
        private long gas;

        Draft(SettlementProperties limits) {
            this.limits = limits;
        }

        /** Adds a batch unless the epoch would cost too much with it. The first one is taken whatever it costs. */
        boolean add(CreditItems.Item item) {
            List<CreditItems.Delta> more = item.deltas().stream()
                    .filter(delta -> !sums.containsKey(delta.sum().account()))
                    .toList();
            long gasMore = more.stream()
                    .mapToLong(delta -> delta.isLocal() ? limits.gasPerAccount() : limits.gasPerNewAccount())
                    .sum();
            boolean fits = gas + gasMore <= limits.gasPerEpoch()
                    && sums.size() + more.size() <= limits.accountsPerTransaction();
            if (!roots.isEmpty() && !fits) {
                return false;
            }
            gas += gasMore;
            roots.add(item.rowsRoot());
            receiptCount += item.receiptCount();
            for (CreditItems.Delta delta : item.deltas()) {
                sums.merge(delta.sum().account(), delta.sum(), Portion::added);
                if (!delta.isLocal()) {
                    newcomers.add(delta.sum().account());
                }
            }
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
                    SumsTree.of(List.copyOf(sums.values())).sums(),
                    newcomers);
        }
    }
}
