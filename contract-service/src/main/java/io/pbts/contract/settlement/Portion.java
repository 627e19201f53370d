package io.pbts.contract.settlement;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes from balanced sums as much as one transaction carries, so that what is taken balances and what is left does too.
 *
 * <p>Of each account, what it received of what it sent (the smaller of its two sums) balances by itself. What is beyond is
 * a source or a drain. Sources are poured into drains in ascending order of account, one pair after the other, each time as
 * much as the smaller of the two has; that empties at least one of them, so wherever the transaction is full at most one
 * account is cut in two, and all parts together name at most one account twice per cut.
 */
final class Portion {
    private final ToLongFunction<ChainAccount> gas;
    private final long gasLimit;
    private final int accountLimit;
    private final Map<ChainAccount, AccountSum> taken = new LinkedHashMap<>();
    private long gasUsed;

    private Portion(ToLongFunction<ChainAccount> gas, long gasLimit, int accountLimit) {
        this.gas = gas;
        this.gasLimit = gasLimit;
        this.accountLimit = accountLimit;
    }

    /**
     * The first portion; everything when it fits. At least one pair is taken, however little fits.
     *
     * @param balanced each account once, ascending; as much up as down
     * @param gas what an account costs
     */
    static List<AccountSum> of(
            List<AccountSum> balanced, ToLongFunction<ChainAccount> gas, long gasLimit, int accountLimit) {
        Portion portion = new Portion(gas, gasLimit, accountLimit);
        long whole = balanced.stream().map(AccountSum::account).mapToLong(gas).sum();
        if (whole <= gasLimit && balanced.size() <= accountLimit) {
            return balanced;
        }
        portion.fill(balanced);
        return List.copyOf(portion.taken.values());
    }

    /** What is left of sums after some were taken, perhaps of one account in turns; accounts with nothing left are gone. */
    static List<AccountSum> rest(List<AccountSum> sums, List<AccountSum> taken) {
        Map<ChainAccount, AccountSum> gone = new HashMap<>();
        taken.forEach(sum -> gone.merge(sum.account(), sum, Portion::added));
        return sums.stream()
                .map(sum -> minus(sum, gone.get(sum.account())))
                .filter(sum -> sum.up() > 0 || sum.down() > 0)
                .toList();
    }

    private static AccountSum minus(AccountSum sum, @Nullable AccountSum taken) {
        return taken == null ? sum : new AccountSum(sum.account(), sum.up() - taken.up(), sum.down() - taken.down());
    }

    private void fill(List<AccountSum> balanced) {
        Deque<AccountSum> sources = new ArrayDeque<>();
        Deque<AccountSum> drains = new ArrayDeque<>();
        for (AccountSum sum : balanced) {
            if (sum.up() > sum.down()) {
                sources.add(sum);
            } else if (sum.down() > sum.up()) {
                drains.add(sum);
            } else if (fits(List.of(sum.account()))) {
                take(sum);
            }
        }
        while (!sources.isEmpty()) {
            AccountSum source = sources.pop();
            AccountSum drain = drains.pop();
            List<ChainAccount> newcomers = newcomers(source, drain);
            if (!taken.isEmpty() && !fits(newcomers)) {
                return;
            }
            long beyondUp = source.up() - source.down();
            long beyondDown = drain.down() - drain.up();
            long flow = Math.min(beyondUp, beyondDown);
            take(new AccountSum(source.account(), source.down() + flow, source.down()));
            take(new AccountSum(drain.account(), drain.up(), drain.up() + flow));
            if (beyondUp > flow) {
                sources.push(new AccountSum(source.account(), beyondUp - flow, 0));
            }
            if (beyondDown > flow) {
                drains.push(new AccountSum(drain.account(), 0, beyondDown - flow));
            }
        }
    }

    private List<ChainAccount> newcomers(AccountSum... sums) {
        List<ChainAccount> newcomers = new ArrayList<>();
        for (AccountSum sum : sums) {
            if (!taken.containsKey(sum.account())) {
                newcomers.add(sum.account());
            }
        }
        return newcomers;
    }

    private boolean fits(List<ChainAccount> newcomers) {
        long more = newcomers.stream().mapToLong(gas).sum();
        return gasUsed + more <= gasLimit && taken.size() + newcomers.size() <= accountLimit;
    }

    private void take(AccountSum sum) {
        if (!taken.containsKey(sum.account())) {
            gasUsed += gas.applyAsLong(sum.account());
        }
        taken.merge(sum.account(), sum, Portion::added);
    }

    static AccountSum added(AccountSum one, AccountSum other) {
        return new AccountSum(
                one.account(), Math.addExact(one.up(), other.up()), Math.addExact(one.down(), other.down()));
    }
}
