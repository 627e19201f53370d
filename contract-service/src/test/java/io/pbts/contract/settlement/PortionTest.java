package io.pbts.contract.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.contract.testing.Services;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.SumsTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is cut: each part balances, all parts together are the whole, and cuts cost one account each. */
class PortionTest {
    private static final long SEED = 20_261_128L;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 64})
    void cutsAnythingThatBalancesIntoPartsThatBalance(int limit) {
        Random random = new Random(SEED + limit);
        for (int round = 0; round < 60; round++) {
            List<AccountSum> sums = balanced(random, 2 + random.nextInt(120));
            List<List<AccountSum>> parts = cut(sums, PortionTest::one, Long.MAX_VALUE, limit);
            assertThat(total(parts))
                    .as("seed %d, round %d", SEED + limit, round)
                    .isEqualTo(total(List.of(sums)));
            assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(limit));
            int named = parts.stream().mapToInt(List::size).sum();
            assertThat(named).isLessThan(sums.size() + parts.size());
        }
    }

    @Test
    void oneWhoSentToManyIsInEveryPart() {
        List<AccountSum> sums = new ArrayList<>(List.of(sum("sender", 1000, 0)));
        for (int n = 0; n < 100; n++) {
            sums.add(sum("r" + n, 0, 10));
        }
        List<List<AccountSum>> parts = cut(SumsTree.of(sums).sums(), PortionTest::one, Long.MAX_VALUE, 11);
        assertThat(parts).hasSize(10).allSatisfy(part -> {
            assertThat(part).hasSize(11);
            assertThat(part).contains(sum("sender", 100, 0));
        });
    }

    @Test
    void whatFitsIsLeftAsItIs() {
        List<AccountSum> sums = balanced(new Random(SEED), 40);
        assertThat(Portion.of(sums, PortionTest::one, 40, 40)).isSameAs(sums);
    }

    @Test
    void staysBelowTheGas() {
        List<AccountSum> sums = balanced(new Random(SEED), 200);
        ToLongFunction<ChainAccount> gas = account -> account.bytes().get(31) % 2 == 0 ? 6_500 : 60_000;
        List<List<AccountSum>> parts = cut(sums, gas, 1_000_000, 4096);
        assertThat(parts).hasSizeGreaterThan(5).allSatisfy(part -> assertThat(
                        part.stream().map(AccountSum::account).mapToLong(gas).sum())
                .isLessThanOrEqualTo(1_000_000));
        assertThat(total(parts)).isEqualTo(total(List.of(sums)));
    }

    @Test
    void takesOnePairHoweverLittleFits() {
        List<AccountSum> sums = SumsTree.of(List.of(sum("a", 5, 0), sum("b", 0, 3), sum("c", 0, 2)))
                .sums();
        assertThat(cut(sums, account -> 100, 1, 4096)).hasSize(2);
    }

    private static long one(ChainAccount unused) {
        return 1;
    }

    private static List<List<AccountSum>> cut(
            List<AccountSum> sums, ToLongFunction<ChainAccount> gas, long gasLimit, int accountLimit) {
        List<List<AccountSum>> parts = new ArrayList<>();
        List<AccountSum> left = sums;
        while (!left.isEmpty()) {
            List<AccountSum> part = Portion.of(left, gas, gasLimit, accountLimit);
            assertThat(part.stream().mapToLong(AccountSum::up).sum())
                    .isEqualTo(part.stream().mapToLong(AccountSum::down).sum());
            left = Portion.rest(left, part);
            parts.add(part);
        }
        return parts;
    }

    private static Map<ChainAccount, List<Long>> total(List<List<AccountSum>> parts) {
        Map<ChainAccount, List<Long>> total = new HashMap<>();
        parts.stream()
                .flatMap(List::stream)
                .forEach(sum -> total.merge(
                        sum.account(),
                        List.of(sum.up(), sum.down()),
                        (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1))));
        return total;
    }

    /** Transfers between random accounts, of sizes that differ by orders of magnitude. */
    private static List<AccountSum> balanced(Random random, int accounts) {
        long[] up = new long[accounts];
        long[] down = new long[accounts];
        for (int transfer = 0; transfer < accounts * 2; transfer++) {
            long bytes = 1L + random.nextLong(1L << (1 + random.nextInt(40)));
            up[random.nextInt(accounts)] += bytes;
            down[random.nextInt(accounts)] += bytes;
        }
        // Nobody is idle: an account that nothing moved for is in no batch.
        Arrays.setAll(up, n -> up[n] + 1);
        Arrays.setAll(down, n -> down[n] + 1);
        List<AccountSum> sums = new ArrayList<>();
        for (int n = 0; n < accounts; n++) {
            sums.add(sum("user" + n, up[n], down[n]));
        }
        return SumsTree.of(sums).sums();
    }

    private static AccountSum sum(String user, long up, long down) {
        return new AccountSum(Services.account(user), up, down);
    }
}
