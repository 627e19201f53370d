package io.pbts.announce.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.announce.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerListBudgetTest {
    private final SettableClock clock = new SettableClock();
    private final PeerListBudget budget = of(64, "10/1m", "25/15m");

    private PeerListBudget of(int entries, String... allowances) {
        List<Allowance> all = List.of(allowances).stream().map(Allowance::of).toList();
        return new PeerListBudget(new PeerListProperties(all, entries), clock);
    }

    private int spendAll(long account, boolean toSeeder, boolean first) {
        int lists = 0;
        while (lists < 1000 && budget.allows(account, first)) {
            budget.spend(account, toSeeder);
            lists++;
        }
        return lists;
    }

    @Test
    void givesEachAccountItsOwnBudgetAndNoMore() {
        assertThat(spendAll(1, false, false)).isEqualTo(10);
        assertThat(budget.allows(1, false)).isFalse();
        assertThat(spendAll(2, false, false)).isEqualTo(10);
    }

    @Test
    void countsAListForASeederHalf() {
        assertThat(spendAll(1, true, false)).isEqualTo(19);
    }

    @Test
    void keepsAReserveForTheFirstListOfADownload() {
        assertThat(spendAll(1, false, false)).isEqualTo(10);
        assertThat(spendAll(1, false, true)).isEqualTo(10);
        assertThat(budget.allows(1, true)).as("beyond the reserve").isFalse();
    }

    @Test
    void forgetsUseExponentially() {
        spendAll(1, false, false);
        clock.advance(Duration.ofMinutes(1));
        assertThat(spendAll(1, false, false)).as("10 - 10/e").isEqualTo(6);
        clock.advance(Duration.ofHours(2));
        assertThat(spendAll(1, false, false)).as("a full minute's").isEqualTo(10);
    }

    @Test
    void holdsTheLongerAllowanceToo() {
        int lists = 0;
        for (int minute = 0; minute < 8; minute++) {
            lists += spendAll(1, false, false);
            clock.advance(Duration.ofSeconds(30));
        }
        assertThat(lists).isBetween(25, 30);
        clock.advance(Duration.ofHours(3));
        assertThat(budget.allows(1, false)).isTrue();
    }

    @Test
    void forgetsWhoWasIdleForLongestWhenAllSlotsAreInUse() {
        PeerListBudget small = of(8, "1/7d");
        for (long account = 1; account <= 9; account++) {
            small.spend(account, false);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(small.allows(1, false)).isTrue();
        assertThat(small.allows(2, false)).isFalse();
        assertThat(small.allows(9, false)).isFalse();
    }

    @Test
    void boundsNothingWithoutAllowances() {
        PeerListBudget none = of(8);
        for (int i = 0; i < 100_000; i++) {
            none.spend(1, false);
        }
        assertThat(none.allows(1, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "/1m", "0/1m", "-1/1m", "10/0s", "10/soon", "x/1m"})
    void refusesWhatIsNoAllowance(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Allowance.of(text));
    }
}
