package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is killed with SIGKILL while reports come in, again and again; what was answered is there once, and the chain catches up. */
class CrashIT {
    private static final int PIECE = 16 * 1024;
    private static final int PIECES_PER_ROUND = 400;
    private static final int REPORTERS = 3;
    private static final int RECEIPTS_PER_REPORT = 4;
    private static final long SEED = 4_242;

    @TempDir
    private Path folder;

    @Test
    void afterKillingEverythingEachAnsweredReceiptIsThereOnceAndTheChainCatchesUp() throws Exception {
        int rounds = Boolean.getBoolean("pbts.long") ? 20 : 1;
        Stack stack = Stack.start("production", Map.of("PBTS_SETTLEMENT_INTERVAL", "2s", "PBTS_JIT", "quick"));
        try {
            var random = new Random(SEED);
            Member sender = Member.register(stack.gateway(), "crash-sender");
            Member receiver = Member.register(stack.gateway(), "crash-receiver");
            long credited = 0;
            for (int round = 0; round < rounds; round++) {
                credited += crashDuringReports(stack, sender, receiver, round, random);
                assertTotals(sender, receiver, credited * PIECE);
            }
            showsOnChain(stack, sender, receiver, credited * PIECE);
        } finally {
            stack.stop();
        }
    }

    /** One torrent, one kill. Answers how many receipts are credited in the end: all of them, each once. */
    private long crashDuringReports(Stack stack, Member sender, Member receiver, int round, Random random)
            throws Exception {
        Dataset data = Dataset.create(
                folder, "round" + round, (long) PIECES_PER_ROUND * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(sender).expect(201);
        var receipts = data.receipts(stack.gateway(), sender, receiver, 0, PIECES_PER_ROUND, Report.now());
        long before = sender.uploaded();

        Set<Integer> answered = ConcurrentHashMap.newKeySet();
        var dead = new AtomicBoolean();
        try (var reporters = Executors.newFixedThreadPool(REPORTERS)) {
            for (int reporter = 0; reporter < REPORTERS; reporter++) {
                int first = reporter;
                reporters.execute(() -> report(sender, receipts, first, answered, dead));
            }
            LockSupport.parkNanos(Duration.ofMillis(200 + random.nextInt(2_000)).toNanos());
            killEverything(stack);
            dead.set(true);
            reporters.shutdown();
            assertThat(reporters.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
        }
        stack.up();

        long survived = (sender.uploaded() - before) / PIECE;
        assertThat(survived).as("receipts in the ledger after the kill").isGreaterThanOrEqualTo(answered.size());
        List<String> codes = resend(sender, receipts);
        for (int index : answered) {
            assertThat(codes.get(index)).as("receipt %d was answered", index).isEqualTo("duplicate");
        }
        assertThat(codes.stream().filter("duplicate"::equals).count()).isEqualTo(survived);
        assertThat(codes.stream().filter("credited"::equals).count()).isEqualTo(PIECES_PER_ROUND - survived);
        return PIECES_PER_ROUND;
    }

    private static void report(
            Member sender,
            List<Map<String, Object>> receipts,
            int reporter,
            Set<Integer> answered,
            AtomicBoolean dead) {
        for (int from = reporter * RECEIPTS_PER_REPORT;
                from < receipts.size() && !dead.get();
                from += REPORTERS * RECEIPTS_PER_REPORT) {
            int to = Math.min(from + RECEIPTS_PER_REPORT, receipts.size());
            try {
                Report report = Report.of(sender.report(receipts.subList(from, to)));
                assertThat(report.codes()).containsOnly("credited");
                for (int i = from; i < to; i++) {
                    answered.add(i);
                }
            } catch (java.io.UncheckedIOException | AssertionError killed) {
                return;
            }
        }
    }

    private static List<String> resend(Member sender, List<Map<String, Object>> receipts) {
        List<String> codes = new ArrayList<>();
        for (int from = 0; from < receipts.size(); from += 100) {
            codes.addAll(Report.of(sender.report(receipts.subList(from, Math.min(from + 100, receipts.size()))))
                    .codes());
        }
        return codes;
    }

    private static void killEverything(Stack stack) {
        List<ProcessHandle> all = stack.processes();
        assertThat(all)
                .as("gateway, four services, Postgres, chain and supervisor")
                .hasSizeGreaterThanOrEqualTo(8);
        all.forEach(ProcessHandle::destroyForcibly);
        Await.until(
                "all are dead",
                Duration.ofSeconds(20),
                () -> all.stream().filter(Shell::runs).toList(),
                List::isEmpty);
    }

    private static void assertTotals(Member sender, Member receiver, long bytes) {
        assertThat(sender.uploaded()).isEqualTo(bytes);
        assertThat(receiver.downloaded()).isEqualTo(bytes);
        assertThat(sender.downloaded()).isZero();
        assertThat(receiver.uploaded()).isZero();
    }

    private static void showsOnChain(Stack stack, Member sender, Member receiver, long bytes) {
        Chain chain = Chain.of(stack);
        var patience = Duration.ofSeconds(90);
        Await.until(
                "sender on chain", patience, () -> chain.userData(sender.userId()), new Chain.Sizes(0, bytes)::equals);
        Await.until(
                "receiver on chain",
                patience,
                () -> chain.userData(receiver.userId()),
                new Chain.Sizes(bytes, 0)::equals);
    }
}
