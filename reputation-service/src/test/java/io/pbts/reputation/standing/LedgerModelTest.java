package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.standing.LedgerDatabase.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random histories: the SQL and the model say the same of every entry and every account. The seed is in the test's name. */
class LedgerModelTest {
    private static final int BATCHES = 150;

    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 100000",
        "2, 0.5, 0",
        "3, 1, 60000",
        "4, 0.3333, 77777",
        "5, 2.5, 1000000",
        "6, 0, 0",
        "7, 0.0001, 1",
    })
    void theLedgerAgreesWithItsModelOnEveryHistory(long seed, String minRatio, long overdraft) throws SQLException {
        var random = new Random(seed);
        var ledger = LedgerDatabase.with(minRatio, overdraft);
        var model = new LedgerModel(minRatio, overdraft);
        List<Long> accounts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long credit = random.nextBoolean() ? 0 : random.nextLong(200_000);
            accounts.add(ledger.account(credit));
            model.open(accounts.getLast(), credit);
        }

        try (Connection receipts = ledger.as("receipt_app")) {
            for (int batch = 0; batch < BATCHES; batch++) {
                if (random.nextInt(4) > 0) {
                    List<Entry> entries = entries(random, accounts);
                    assertThat(LedgerDatabase.applyCredit(receipts, entries)).isEqualTo(model.applyCredit(entries));
                } else {
                    long receiver = accounts.get(random.nextInt(accounts.size()));
                    List<Entry> held = model.heldOf(receiver);
                    List<Entry> oldest = held.subList(0, random.nextInt(held.size() + 1));
                    assertThat(LedgerDatabase.releaseHeld(receipts, receiver, oldest))
                            .isEqualTo(model.releaseHeld(receiver, oldest));
                }
            }
        }

        for (long account : accounts) {
            assertThat(ledger.totals(account)).isEqualTo(model.totals(account));
        }
        assertThat(ledger.number("select sum(up) from reputation.total")).isEqualTo(model.credited());
        assertThat(ledger.number("select sum(down) from reputation.total")).isEqualTo(model.credited());
        assertThat(model.credited()).isPositive();
    }

    private static List<Entry> entries(Random random, List<Long> accounts) {
        return IntStream.range(0, 1 + random.nextInt(40))
                .mapToObj(_ -> {
                    int sender = random.nextInt(accounts.size());
                    int receiver = (sender + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
                    long amount = 1 + random.nextLong(random.nextBoolean() ? 20_000 : 300_000);
                    return new Entry(accounts.get(sender), accounts.get(receiver), amount);
                })
                .toList();
    }
}
