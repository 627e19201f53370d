package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.standing.LedgerDatabase.Entry;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sixteen connections at once. A deadlock would show as an exception, a lost update as a sum that is off. */
class ConcurrentCreditTest {
    private static final int THREADS = 16;
    private static final int BATCHES = 60;

    private final LedgerDatabase ledger = LedgerDatabase.with("0.5", 1L << 40);

    @Test
    @Timeout(120)
    void aHotPairLosesNoByteInEitherDirection() throws Exception {
        long first = ledger.account(0);
        long second = ledger.account(0);

        long credited = race(random ->
                List.of(random.nextBoolean() ? new Entry(first, second, 1000) : new Entry(second, first, 1000)));

        assertThat(credited).isEqualTo(1000L * THREADS * BATCHES);
        assertBalanced(credited);
    }

    @Test
    @Timeout(120)
    void mutualPairsInAnyOrderNeverDeadlock() throws Exception {
        List<Long> hot = IntStream.range(0, 4).mapToObj(_ -> ledger.account(0)).toList();

        long credited = race(random -> shuffledPairs(random, hot));

        assertThat(credited).isEqualTo(100L * 12 * THREADS * BATCHES);
        assertBalanced(credited);
    }

    @Test
    @Timeout(120)
    void heldBytesAndReleasesAddUpUnderContention() throws Exception {
        ledger.policy("0.5", 50_000);
        List<Long> hot =
                IntStream.range(0, 5).mapToObj(_ -> ledger.account(10_000)).toList();

        long credited = race(random -> shuffledPairs(random, hot));

        long offered = 100L * 20 * THREADS * BATCHES;
        assertBalanced(credited);
        assertThat(ledger.number("select sum(held) from reputation.total")).isEqualTo(offered - credited);
    }

    private static List<Entry> shuffledPairs(Random random, List<Long> accounts) {
        List<Entry> entries = new ArrayList<>();
        for (long sender : accounts) {
            for (long receiver : accounts) {
                if (sender != receiver) {
                    entries.add(random.nextInt(entries.size() + 1), new Entry(sender, receiver, 100));
                }
            }
        }
        return entries;
    }

    private interface Reports {
        List<Entry> next(Random random);
    }

    /** Returns the bytes that the ledger said it credited. */
    private long race(Reports reports) throws Exception {
        var start = new CyclicBarrier(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Long>> clients = new ArrayList<>();
            for (int client = 0; client < THREADS; client++) {
                var random = new Random(client);
                clients.add(() -> {
                    try (Connection receipts = ledger.as("receipt_app")) {
                        start.await(30, TimeUnit.SECONDS);
                        return client(receipts, reports, random);
                    }
                });
            }
            long credited = 0;
            for (Future<Long> client : threads.invokeAll(clients)) {
                credited += client.get();
            }
            return credited;
        }
    }

    private static long client(Connection receipts, Reports reports, Random random) throws Exception {
        long credited = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Entry> entries = reports.next(random);
            List<Boolean> verdicts = LedgerDatabase.applyCredit(receipts, entries);
            for (int i = 0; i < entries.size(); i++) {
                credited += verdicts.get(i) ? entries.get(i).amount() : 0;
            }
        }
        return credited;
    }

    private void assertBalanced(long credited) throws Exception {
        assertThat(ledger.number("select sum(up) from reputation.total")).isEqualTo(credited);
        assertThat(ledger.number("select sum(down) from reputation.total")).isEqualTo(credited);
    }
}
